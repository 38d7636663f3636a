// Begins the page: chooses the view by the address and draws it.
import {html, render, useEffect, useRef} from "htm/preact";
import {followStream} from "./feed.js";
import {Header} from "./header.js";
import {visible} from "./hostile.js";
import {t} from "./i18n.js";
import {Live} from "./live.js";
import {Notices} from "./notices.js";
import {ObjectView} from "./object.js";
import {Operations} from "./operations.js";
import {language, showPreferences} from "./preferences.js";
import {go, route} from "./router.js";
import {Search} from "./search.js";
import {refreshSession} from "./session.js";
import {SignIn} from "./sign-in.js";
import {useStore} from "./store.js";
import {connect} from "./stream.js";

const VIEWS = {live: Live, search: Search, operations: Operations};

function View({where}) {
  const {view, bucket, key} = where;
  if (view === "object") return html`<${ObjectView} key=${`${bucket}/${key}`} bucket=${bucket} name=${key} />`;
  return html`<${VIEWS[view]} key=${view} />`;
}

function title(where) {
  return where.view === "object" ? visible(where.key.split("/").at(-1)) : t(`nav.${where.view}`);
}

function App() {
  const where = useStore(route);
  const shown = useStore(language);
  const main = useRef(null);
  const place = where.view === "object" ? `${where.bucket}/${where.key}` : where.view;
  const first = useRef(true);
  useEffect(() => {
    document.title = `${title(where)} · Quayside`;
  }, [place, shown]);
  // Another view begins at its top, also for a screen reader.
  useEffect(() => {
    if (!first.current) {
      window.scrollTo(0, 0);
      if (where.view !== "search") main.current.focus({preventScroll: true});
    }
    first.current = false;
  }, [place]);
  const skip = event => {
    event.preventDefault();
    main.current.focus();
  };
  return html`<a class="skip" href="#main" onClick=${skip}>${t("skip")}</a>
    <${Header} /><main ref=${main} id="main" tabindex="-1" class=${`view-${where.view}`}><${View} where=${where} /></main>
    <${SignIn} /><${Notices} />`;
}

// From anywhere to the search, ready to type: it takes the focus itself when it is drawn.
function focusSearch() {
  if (route.value.view === "search") document.getElementById("search-input")?.select();
  else go("#/search");
}

window.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  focusSearch();
});
// A file that misses its target must not replace the page.
window.addEventListener("dragover", event => event.preventDefault());
window.addEventListener("drop", event => event.preventDefault());

showPreferences();
render(html`<${App} />`, document.getElementById("app"));
refreshSession();
followStream();
connect();
