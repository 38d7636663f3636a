// Search as you type. The address holds the whole search, so that it can be sent to somebody; an answer that is overtaken
// by a newer question is dropped.
import {html, useEffect, useRef, useState} from "htm/preact";
import {getJson, withParameters} from "./api.js";
import {Filters} from "./filters.js";
import {Hits} from "./hits.js";
import {t} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy, Empty} from "./parts.js";
import {address, go, route} from "./router.js";
import {useStore} from "./store.js";

const PAUSE_MILLIS = 150;
const PAGE = 30;

const withChange = (pairs, name, value) => {
  const others = pairs.filter(([known]) => known !== name);
  return value ? [...others, [name, value]] : others;
};

/** Asks after a pause in typing; each new search makes the one before void. */
function useHits(query) {
  const [found, setFound] = useState({hits: null, nextCursor: null, problem: null, busy: true});
  const asking = useRef(null);
  const load = async cursor => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    setFound(now => ({...now, busy: true, problem: null}));
    try {
      const path = withParameters("/api/search", [...new URLSearchParams(query), ["limit", PAGE], ["cursor", cursor]]);
      const answer = await getJson(path, controller.signal);
      if (controller.signal.aborted) return;
      const before = hits => (cursor ? hits ?? [] : []);
      setFound(now => ({hits: [...before(now.hits), ...answer.hits], nextCursor: answer.nextCursor, problem: null, busy: false}));
    } catch (problem) {
      if (problem.name !== "AbortError") setFound(now => ({...now, problem, busy: false}));
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => load(null), PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      asking.current?.abort();
    };
  }, [query]);
  return {...found, more: () => load(found.nextCursor), again: () => load(null)};
}

function Results({found, list, leave}) {
  const {hits, problem, busy, nextCursor, more, again} = found;
  if (problem) return html`<${ProblemBox} problem=${problem} retry=${again} />`;
  if (!hits) return html`<${Busy} />`;
  if (!hits.length) return html`<${Empty} title=${t("search.none")}>${t("search.noneHow")}<//>`;
  return html`<${Hits} hits=${hits} list=${list} leave=${leave} />
    ${nextCursor && html`<p class="after-list"><button disabled=${busy} data-testid="more-hits" onClick=${more}>${t("more")}</button></p>`}`;
}

export function Search() {
  const {parameters} = useStore(route);
  const pairs = [...parameters];
  const input = useRef(null);
  const list = useRef(null);
  const set = changed => go(address("search", changed), true);
  const found = useHits(parameters.toString());
  const {hits, nextCursor, problem} = found;
  useEffect(() => input.current.focus(), []);
  const first = () => list.current?.querySelector("a")?.focus();
  return html`<h1 class="offscreen">${t("nav.search")}</h1>
    <form role="search" onSubmit=${e => { e.preventDefault(); first(); }}>
      <label class="search-box"><span class="offscreen">${t("search.label")}</span>
        <input ref=${input} type="search" id="search-input" data-testid="search-input" maxlength="256" autocomplete="off" spellcheck=${false}
          placeholder=${t("search.placeholder")} value=${parameters.get("q") ?? ""}
          onInput=${e => set(withChange(pairs, "q", e.target.value))}
          onKeyDown=${e => { if (e.key === "ArrowDown") { e.preventDefault(); first(); } }} /><kbd aria-hidden="true">/</kbd></label>
      <${Filters} parameters=${parameters} set=${(name, value) => set(withChange(pairs, name, value))} setAll=${set} />
    </form>
    <p class="found faint" role="status" aria-live="polite">
      ${hits && !problem ? t(nextCursor ? "search.foundMore" : "search.found", {n: hits.length}) : ""}</p>
    <${Results} found=${found} list=${list} leave=${() => input.current?.focus()} />`;
}
