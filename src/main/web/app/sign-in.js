// The dialog that asks who the reader is: with an API key, or a bearer token where the server takes those.
import {html, useState} from "htm/preact";
import {Dialog} from "./dialog.js";
import {t} from "./i18n.js";
import {problemText} from "./notices.js";
import {Field} from "./parts.js";
import {closeSignIn, session, signIn, signingIn} from "./session.js";
import {useStore} from "./store.js";

const LAPTOP = ["127.0.0.1", "localhost", "[::1]"];

function Kinds({kind, setKind}) {
  return html`<fieldset class="kinds"><legend class="offscreen">${t("signIn.kind")}</legend>
    ${["key", "token"].map(name => html`<label class="check" key=${name}><input type="radio" name="kind" value=${name} checked=${kind === name}
      onChange=${() => setKind(name)} /> ${t(`signIn.${name}`)}</label>`)}</fieldset>`;
}

function SignInForm() {
  const takes = useStore(session)?.authentication ?? {apiKeys: true, bearerTokens: true};
  const [kind, setKind] = useState(takes.apiKeys || !takes.bearerTokens ? "key" : "token");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState(null);
  const submit = event => {
    event.preventDefault();
    signIn({kind, secret: secret.trim()}).catch(setProblem);
  };
  if (!takes.apiKeys && !takes.bearerTokens) return html`<p>${t("signIn.none")}</p>`;
  return html`<form onSubmit=${submit}>
    ${takes.apiKeys && takes.bearerTokens && html`<${Kinds} kind=${kind} setKind=${setKind} />`}
    <${Field} label=${t(`signIn.${kind}`)}>
      <input type="password" data-testid="sign-in-key" autocomplete="off" required value=${secret} autofocus aria-describedby="sign-in-hint"
        onInput=${e => setSecret(e.target.value)} /><//>
    <p class="faint" id="sign-in-hint">${t("signIn.kept")} ${kind === "key" && LAPTOP.includes(location.hostname) && t("signIn.laptop")}</p>
    ${problem && html`<p class="bad-text" role="alert">${problem.status === 401 ? t("signIn.wrong") : problemText(problem)}</p>`}
    <div class="actions end"><button type="button" onClick=${closeSignIn}>${t("cancel")}</button>
      <button class="primary" data-testid="sign-in-submit">${t("signIn")}</button></div>
  </form>`;
}

export function SignIn() {
  return useStore(signingIn) ? html`<${Dialog} title=${t("signIn")} close=${closeSignIn}><${SignInForm} /><//>` : null;
}
