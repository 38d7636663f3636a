// The uploads of this page, each with its progress and, in the end, what OSS answered and what to do next.
import {html} from "htm/preact";
import {pretty, size} from "./format.js";
import {Hostile, visible, visibleLines} from "./hostile.js";
import {t} from "./i18n.js";
import {problemText} from "./notices.js";
import {address, objectAddress} from "./router.js";
import {askToSignIn} from "./session.js";
import {useStore} from "./store.js";
import {again, cancel, forget, forgetFinished, isOver, uploads} from "./uploads.js";

const GOOD = ["accepted"];
const HALF = ["callback-failed", "cancelled"];
const RETRY_TEXTS = {expired: "upload.newGrant", network: "again", "server-away": "again", cancelled: "upload.again"};

function tone(answer) {
  if (GOOD.includes(answer.kind)) return "good";
  return HALF.includes(answer.kind) ? "half" : "bad";
}

function explanation({answer}) {
  if (answer.problem) return problemText(answer.problem);
  return t(`answer.${answer.kind}`, {most: size(answer.most), code: answer.code || answer.status, message: visible(answer.message ?? "")});
}

function Retry({one}) {
  const {kind, problem} = one.answer;
  if (kind === "accepted" || kind === "callback-failed") return null;
  if (problem?.status === 401) {
    const retry = async () => (await askToSignIn()) && again(one.id);
    return html`<button class="small" data-testid="upload-retry" onClick=${retry}>${t("signIn")}</button>`;
  }
  return html`<button class="small" data-testid="upload-retry" onClick=${() => again(one.id)}>${t(RETRY_TEXTS[kind] ?? "again")}</button>`;
}

function WayForward({one}) {
  const {kind} = one.answer;
  return html`<div class="actions">
    ${kind === "accepted" && html`<a class="button-like small" href=${objectAddress(one.bucket, one.key)}>${t("upload.open")}</a>`}
    ${kind === "callback-failed" && html`
      <a class="button-like small" href=${address("operations", [["section", "refused"]])}>${t("upload.refusedReasons")}</a>
      <a class="button-like small" href=${address("operations", [["explain", "1"]])}>${t("explain")}</a>`}
    <${Retry} one=${one} />
    <button class="small quiet" onClick=${() => forget(one.id)}>${t("dismiss")}</button>
  </div>`;
}

function Answer({one}) {
  const {answer} = one;
  const heard = [answer.status, answer.code, answer.requestId && `x-oss-request-id: ${answer.requestId}`].filter(Boolean).join(" · ");
  return html`<div class=${`answer ${tone(answer)}`} data-testid="upload-answer" data-kind=${answer.kind}>
    <p>${explanation(one)}</p>
    ${answer.kind === "callback-failed" && html`<p>${t("answer.reconcile")}
      ${" "}<code>java -jar quarkus-run.jar reconcile --bucket ${one.bucket}</code></p>`}
    ${answer.status && html`<details open=${answer.kind === "accepted"}><summary>${t("upload.ossSaid")} <span class="faint">${heard}</span></summary>
      <pre tabindex="0" dir="ltr">${answer.body ? visibleLines(pretty(answer.body)) : t("upload.emptyAnswer")}</pre></details>`}
    <${WayForward} one=${one} />
  </div>`;
}

function Progress({one}) {
  const name = t(`uploadState.${one.state}`);
  return html`<div class="upload-progress">
    <progress data-testid="upload-progress" max=${Math.max(1, one.file.size)} 
      value=${one.state === "calling-back" ? one.file.size : one.sent} aria-label=${name}></progress>
    <span class="faint number">${name} · ${size(one.sent)} / ${size(one.file.size)}</span>
    <button class="small" data-testid="upload-cancel" onClick=${() => cancel(one.id)}>${t("cancel")}</button>
  </div>`;
}

function Upload({one}) {
  return html`<li class="upload" data-testid="upload-row" data-state=${isOver(one) ? one.answer.kind : one.state}>
    <p class="upload-name"><strong><${Hostile} text=${one.key} most=${80} /></strong>
      <span class="faint">${size(one.file.size)} · ${t(`method.${one.method}`)}</span></p>
    ${isOver(one) ? html`<${Answer} one=${one} />` : html`<${Progress} one=${one} />`}
  </li>`;
}

/** What a screen reader is told: the end of each upload, not its progress. */
function spoken(list) {
  const over = list.find(isOver);
  return over ? `${visible(over.file.name)}: ${explanation(over)}` : "";
}

export function UploadList() {
  const list = useStore(uploads);
  const finished = list.filter(isOver).length;
  return html`<p class="offscreen" aria-live="polite">${spoken(list)}</p>
    ${list.length > 0 && html`<ul class="uploads">${list.map(one => html`<${Upload} key=${one.id} one=${one} />`)}</ul>`}
    ${finished > 1 && html`<p class="after-list"><button class="small quiet" onClick=${forgetFinished}>${t("upload.dismissAll", {n: finished})}</button></p>`}`;
}
