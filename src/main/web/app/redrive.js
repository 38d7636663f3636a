// Moving dead letters back: counted first, confirmed, with progress. For operators; others see why they cannot.
import {html, useRef, useState} from "htm/preact";
import {Problem, post} from "./api.js";
import {Dialog} from "./dialog.js";
import {count} from "./format.js";
import {visible} from "./hostile.js";
import {t} from "./i18n.js";
import {notice, problemText} from "./notices.js";
import {askToSignIn, session} from "./session.js";
import {useStore} from "./store.js";

/** Calls back with each line of JSON as it arrives. */
async function readLines(response, line) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const {done, value} = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : lines.pop();
    lines.filter(text => text.trim()).forEach(text => line(JSON.parse(text)));
    if (done) return;
  }
}

/** A problem may still come when progress has been told: then it is the last line. */
async function order(body, progress, signal) {
  let last = null;
  await readLines(await post("/api/dead-letters/redrive", body, signal), line => {
    if (line.reason && line.status) throw new Problem(line.status, line.reason, line.title, line.detail);
    last = line;
    progress(line);
  });
  if (!last?.done) throw new Problem(0, "network", "", "");
  return last;
}

function description(filter, chosen) {
  if (chosen) return t("redrive.chosen", {n: chosen});
  const given = Object.entries(filter).filter(([, value]) => value);
  const conditions = given.map(([name, value]) => `${t(`letters.${name}`)}: ${visible(value)}`);
  return conditions.length ? conditions.join(", ") : t("redrive.all");
}

function Progress({progress, dryRun}) {
  const {scanned, total, done} = progress;
  const counts = Object.fromEntries(Object.entries(progress).map(([name, value]) => [name, count(value)]));
  return html`<div class="redrive-progress" role="status" data-testid="redrive-progress" data-done=${String(done)}>
    ${!done && html`<progress max=${Math.max(1, total)} value=${scanned} aria-label=${t("redrive.scanned")}></progress>`}
    <p class="number">${t(dryRun ? "redrive.counted" : "redrive.moved", counts)}</p>
  </div>`;
}

function Confirm({what, counted, confirm, close}) {
  return html`<${Dialog} title=${t("redrive.confirmTitle")} close=${close}>
    <p>${t("redrive.confirm")}</p><p><strong>${what}</strong></p>
    ${counted && html`<p>${t("redrive.willMove", {n: count(counted.matched - counted.alreadyMoved)})}</p>`}
    <div class="actions end"><button onClick=${close}>${t("cancel")}</button>
      <button class="primary" data-testid="confirm" onClick=${confirm}>${t("redrive.do")}</button></div>
  <//>`;
}

function ReadOnly({known}) {
  return html`<p class="hint" data-testid="read-only">${t(known?.name ? "redrive.notOperator" : "redrive.readOnly")}
    ${!known?.name && html` <button class="link" onClick=${askToSignIn}>${t("signIn")}</button>`}</p>`;
}

/** The order under way and the last one's end. */
function useOrders(filter, moved) {
  const [state, setState] = useState({});
  const conditions = JSON.stringify(filter);
  const running = useRef(null);
  const run = async dryRun => {
    running.current = new AbortController();
    setState({busy: true, dryRun, conditions});
    const tell = progress => setState({busy: true, dryRun, progress, conditions});
    try {
      const body = {filter: JSON.parse(conditions), all: conditions === "{}", dryRun};
      const end = await order(body, tell, running.current.signal);
      setState({dryRun, progress: end, conditions});
      if (!dryRun) {
        notice(t("redrive.done", {n: count(end.moved)}));
        moved();
      }
    } catch (problem) {
      setState(now => ({...now, busy: false}));
      notice(problem.name === "AbortError" ? t("redrive.stopped") : problemText(problem), "error");
    }
  };
  const counted = state.dryRun && state.progress?.done && state.conditions === conditions ? state.progress : null;
  return {...state, counted, run, stop: () => running.current?.abort()};
}

export function Redrive({filter, chosen, any, moved}) {
  const known = useStore(session);
  const [confirming, setConfirming] = useState(false);
  const {busy, progress, dryRun, counted, run, stop} = useOrders(filter, moved);
  const what = description(filter, chosen);
  const close = () => setConfirming(false);
  const confirm = () => {
    close();
    run(false);
  };
  if (!known?.operator) return html`<${ReadOnly} known=${known} />`;
  return html`<div class="redrive-panel"><p class="faint">${t("redrive.what")} <strong>${what}</strong></p>
    <div class="actions"><button class="small" data-testid="dry-run" disabled=${busy || !any} onClick=${() => run(true)}>${t("redrive.dryRun")}</button>
      <button class="small primary" data-testid="redrive" disabled=${busy || !any} onClick=${() => setConfirming(true)}>${t("redrive.do")}</button>
      ${busy && html`<button class="small" onClick=${stop}>${t("redrive.stop")}</button>`}</div>
    ${progress && html`<${Progress} progress=${progress} dryRun=${dryRun} />`}
    ${confirming && html`<${Confirm} what=${what} counted=${counted} close=${close} confirm=${confirm} />`}
  </div>`;
}
