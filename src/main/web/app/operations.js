// Operations: how fast each stage is and how far behind, what this instance's edge did, what was refused, dead letters.
import {html, useEffect, useState} from "htm/preact";
import {getJson} from "./api.js";
import {DeadLetters} from "./dead-letters.js";
import {ExplainDialog} from "./explain.js";
import {count, millis, size, when} from "./format.js";
import {Hostile} from "./hostile.js";
import {t} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy} from "./parts.js";
import {Refused} from "./refused.js";
import {address, go, route} from "./router.js";
import {Stages} from "./stages.js";
import {useStore} from "./store.js";

const POLL_MILLIS = 2000;
/** Two minutes in a sparkline. */
const SAMPLES = 60;

/** Asked every other second while the view is looked at; `history` has each stage's last rates. */
function useOperations() {
  const [state, setState] = useState({now: null, history: {}, problem: null});
  const sampled = (now, history) => Object.fromEntries(
    now.stages.map(({stage, ratePerSecond}) => [stage, [...(history[stage] ?? []), ratePerSecond].slice(-SAMPLES)]));
  useEffect(() => {
    const controller = new AbortController();
    let timer = 0;
    const poll = async () => {
      try {
        const now = document.hidden ? null : await getJson("/api/operations", controller.signal);
        if (now) setState(before => ({now, history: sampled(now, before.history), problem: null}));
      } catch (problem) {
        if (problem.name === "AbortError") return;
        setState(before => ({...before, problem}));
      }
      if (!controller.signal.aborted) timer = setTimeout(poll, POLL_MILLIS);
    };
    poll();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, []);
  return state;
}

function Figure({label, value, bad}) {
  return html`<div class=${`figure ${bad ? "bad" : ""}`}><dt>${label}</dt><dd class="number">${value}</dd></div>`;
}

function Journal({journal}) {
  const age = journal && journal.depth ? journal.oldestAgeSeconds : null;
  return html`<section class="card" data-testid="journal" aria-labelledby="journal-title"><h2 id="journal-title">${t("ops.journal")}</h2>
    ${journal ? html`<dl class="figures">
      <${Figure} label=${t("ops.depth")} value=${count(journal.depth)} bad=${journal.depth > 0} />
      <${Figure} label=${t("size")} value=${size(journal.bytes)} />
      <${Figure} label=${t("ops.oldest")} value=${age == null ? "–" : millis(age * 1000)} /></dl>
      <p class="faint">${t(journal.depth ? "ops.journalWaits" : "ops.journalEmpty")}</p>` : html`<p class="faint">${t("ops.noCallback")}</p>`}
  </section>`;
}

const COUNTERS = ["received", "published", "journalled", "refused", "failed", "open"];
const BAD = ["failed", "refused"];

function Conservation({conservation, callbacks}) {
  return html`<section class="card" data-testid="conservation" data-balanced=${conservation ? String(conservation.balanced) : undefined}
      aria-labelledby="conservation-title"><h2 id="conservation-title">${t("ops.conservation")}</h2>
    ${conservation && html`<p class=${conservation.balanced ? "good-text" : "bad-text"}>
      ${t(conservation.balanced ? "ops.balanced" : "ops.unbalanced")}</p>`}
    ${callbacks ? html`<dl class="figures">${COUNTERS.map(name => html`<${Figure} key=${name} label=${t(`ops.${name}`)}
      value=${count(callbacks[name])} bad=${BAD.includes(name) && callbacks[name] > 0} />`)}</dl>`
      : html`<p class="faint">${t("ops.noCallback")}</p>`}
  </section>`;
}

function Waiting({waiting}) {
  return waiting?.length ? html`<div class="problem half" role="status"><p>${t("ops.waiting")} 
    ${waiting.map(one => html` <${Hostile} key=${one} text=${one} />`)}</p></div>` : null;
}

function Now({state, explain}) {
  const {now, history} = state;
  return html`<${Waiting} waiting=${now.waiting} />
    <section aria-labelledby="stages-title"><div class="section-head"><h2 id="stages-title">${t("ops.stages")}</h2>
      <span class="faint">${t("ops.allInstances", {time: when(now.time)})}</span></div>
      <${Stages} stages=${now.stages} history=${history} /></section>
    <p class="faint scope">${t("ops.thisInstance")} <bdi><code>${now.instance}</code></bdi></p>
    <div class="cards"><${Journal} journal=${now.journal} /><${Conservation} conservation=${now.conservation} callbacks=${now.callbacks} /></div>
    <${Refused} refused=${now.refused} explain=${explain} />`;
}

export function Operations() {
  const state = useOperations();
  const {parameters} = useStore(route);
  const explaining = parameters.has("explain");
  const letter = parameters.get("letter");
  const without = () => go(address("operations"), true);
  return html`<h1 class="offscreen">${t("nav.operations")}</h1>
    ${state.problem && html`<${ProblemBox} problem=${state.problem} />`}
    ${state.now ? html`<${Now} state=${state} explain=${reason => go(address("operations", [["explain", reason || "1"]]), true)} />`
      : !state.problem && html`<${Busy} />`}
    <${DeadLetters} letter=${letter} inspect=${position => go(address("operations", [["letter", position]]), true)} close=${without} />
    ${explaining && html`<${ExplainDialog} reason=${parameters.get("explain")} close=${without} />`}`;
}
