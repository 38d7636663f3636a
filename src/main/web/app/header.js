// The top of the page: where one is, whether the stream is live, who one is, language and theme.
import {html} from "htm/preact";
import {t, textOf} from "./i18n.js";
import {Hostile} from "./hostile.js";
import {keepLanguage, language, nextTheme, theme} from "./preferences.js";
import {route} from "./router.js";
import {askToSignIn, session, signOut} from "./session.js";
import {useStore} from "./store.js";
import {connect, connection} from "./stream.js";

const VIEWS = [["live", "#/"], ["search", "#/search"], ["operations", "#/operations"]];
const THEME_SIGNS = {auto: "◐", light: "☀", dark: "☾"};

function Connection() {
  const {state, kafka, reason} = useStore(connection);
  const shown = state === "live" && !kafka ? "kafka" : state;
  const why = reason ? textOf("reason", reason) ?? reason : t(`connection.${shown}.why`);
  return html`<span class=${`connection ${shown}`} data-testid="connection" data-state=${state} title=${why} role="status">
    ${t(`connection.${shown}`)}${state === "lost" && html` <button class="link" onClick=${connect}>${t("again")}</button>`}</span>`;
}

function Who() {
  const known = useStore(session);
  if (!known?.name) return html`<button class="small" data-testid="sign-in" onClick=${askToSignIn}>${t("signIn")}</button>`;
  return html`<span class="who"><${Hostile} text=${known.name} most=${24} />${known.operator && html` <span class="tag">${t("operator")}</span>`}
    <button class="small quiet" data-testid="sign-out" onClick=${signOut}>${t("signOut")}</button></span>`;
}

function Choices() {
  const other = useStore(language) === "zh" ? "en" : "zh";
  const shown = useStore(theme);
  return html`<button class="small quiet" data-testid="language" lang=${other === "zh" ? "zh-CN" : "en"} 
      onClick=${() => keepLanguage(other)}>${other === "zh" ? "中文" : "English"}</button>
    <button class="small quiet theme" data-testid="theme" data-theme=${shown}
      aria-label=${t(`theme.${shown}`)} title=${t(`theme.${shown}`)} onClick=${nextTheme}>${THEME_SIGNS[shown]}</button>`;
}

export function Header() {
  const {view} = useStore(route);
  return html`<header class="top">
    <a class="brand" href="#/">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 14h18l-2.5 6h-13zM6 12V6h5v6M13 12V3h5v9" /></svg>Quayside</a>
    <nav aria-label=${t("nav.title")}>${VIEWS.map(([name, to]) => html`<a key=${name} href=${to}
      aria-current=${view === name ? "page" : undefined}>${t(`nav.${name}`)}</a>`)}</nav>
    <div class="top-end"><${Connection} /><${Who} /><${Choices} /></div>
  </header>`;
}
