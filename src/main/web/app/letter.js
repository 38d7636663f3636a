// One dead letter with all there is: headers and value.
import {html, useEffect, useState} from "htm/preact";
import {getJson} from "./api.js";
import {Dialog} from "./dialog.js";
import {exactly, pretty} from "./format.js";
import {Hostile, visibleLines} from "./hostile.js";
import {t} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy, Facts} from "./parts.js";
import {encoded, objectAddress} from "./router.js";

const TIMES = ["time", "originTime", "firstFailed"];
const TEXTS = ["cause", "reason", "group", "sink", "position", "origin", "attempts", "eventId", "eventType", "redriveCount"];

function ObjectLink({recordKey}) {
  const [bucket, key] = recordKey.split(/\/(.*)/s);
  return key ? html`<a href=${objectAddress(bucket, key)}><${Hostile} text=${recordKey} /></a>` : html`<${Hostile} text=${recordKey} />`;
}

function Letter({letter}) {
  const headers = Object.entries(letter.headers ?? {});
  const value = letter.value ?? letter.valueBase64;
  return html`<table class="facts"><tbody>
      ${letter.recordKey && html`<tr><th scope="row">${t("letters.object")}</th>
        <td><${ObjectLink} recordKey=${letter.recordKey} /></td></tr>`}
      <${Facts} pairs=${TEXTS.filter(name => letter[name] != null).map(name => [t(`letters.${name}`), letter[name]])} />
      <${Facts} pairs=${TIMES.filter(name => letter[name]).map(name => [t(`letters.${name}`), exactly(letter[name])])} />
    </tbody></table>
    <details><summary>${t("raw.headers", {n: headers.length})}</summary>
      <table class="facts"><tbody><${Facts} pairs=${headers} /></tbody></table></details>
    <pre tabindex="0" dir="ltr">${value == null ? t("raw.tombstone") : visibleLines(pretty(value))}</pre>`;
}

export function LetterDialog({position, close}) {
  const [loaded, setLoaded] = useState({});
  useEffect(() => {
    const controller = new AbortController();
    getJson(`/api/dead-letters/${position.split("/").map(encoded).join("/")}`, controller.signal)
      .then(letter => setLoaded({letter}), problem => problem.name === "AbortError" || setLoaded({problem}));
    return () => controller.abort();
  }, [position]);
  return html`<${Dialog} title=${t("letters.one")} close=${close} wide=${true}><div data-testid="dead-letter-detail">
    ${loaded.problem && html`<${ProblemBox} problem=${loaded.problem} />`}
    ${loaded.letter ? html`<${Letter} letter=${loaded.letter} />` : !loaded.problem && html`<${Busy} />`}</div>
  <//>`;
}
