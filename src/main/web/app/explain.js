// Why a captured callback does or does not verify: paste or drop the capture, read the findings.
import {html, useState} from "htm/preact";
import {ask, withParameters} from "./api.js";
import {Dialog} from "./dialog.js";
import {Hostile, visible, visibleLines} from "./hostile.js";
import {t, textOf} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Field} from "./parts.js";

const HINTS = ["prefix", "path", "query", "field-order"];
/** The server takes no more. */
const MOST_BYTES = 512 * 1024;

function Fact({name, children}) {
  return children ? html`<tr><th scope="row">${name}</th><td>${children}</td></tr>` : null;
}

function Texts({title, texts}) {
  return texts?.length ? html`<h3>${title}</h3><ul>${texts.map(text => html`<li key=${text}><${Hostile} text=${text} /></li>`)}</ul>` : null;
}

function Signed({text, name}) {
  return text ? html`<details><summary>${name}</summary><pre tabindex="0" dir="ltr">${visibleLines(text)}</pre></details>` : null;
}

function Explanation({one}) {
  return html`<article class=${`explanation ${one.verified ? "good" : "bad"}`} data-verdict=${one.verdict}>
    ${one.name && html`<h3><${Hostile} text=${one.name} /></h3>`}
    <p class="verdict"><strong>${textOf("verdict", one.verdict) ?? one.summary}</strong> <code>${one.verdict}</code></p>
    ${one.accidents.map(({code, detail, advice}) => html`<div class="accident" key=${code + detail}>
      <p><code>${code}</code> <${Hostile} text=${detail} /></p>
      <p>→ ${advice}</p></div>`)}
    <${Texts} title=${t("explain.advice")} texts=${one.advice} />
    <${Texts} title=${t("explain.evidence")} texts=${one.evidence} />
    <table class="facts"><tbody>
      <${Fact} name=${t("explain.refusedAs")}>${one.reason && html`<code>${one.reason}</code>`}<//>
      <${Fact} name=${t("explain.computed")}>${one.computedMd5 && html`<code>${one.computedMd5}</code>`}<//>
      <${Fact} name=${t("explain.signedMd5")}>${one.signedMd5 && html`<code>${one.signedMd5}</code>`}<//>
      <${Fact} name=${t("explain.key")}>${one.keyUrl && html`<${Hostile} text=${one.keyUrl} />`}<//>
      <${Fact} name=${t("explain.tried")}>${one.excluded?.length > 0 && `${one.candidates} · ${one.excluded.join(", ")}`}<//>
    </tbody></table>
    <${Signed} name=${t("explain.stringToSign")} text=${one.stringToSign} />
    <${Signed} name=${t("explain.signedString")} text=${one.signedString !== one.stringToSign && one.signedString} />
  </article>`;
}

function Result({result}) {
  if (!result) return null;
  if (result.problem) return html`<${ProblemBox} problem=${result.problem} />`;
  return result.explanations.map((one, index) => html`<${Explanation} key=${index} one=${one} />`);
}

/** The capture as it was given: a file's bytes are not decoded, as bodies may be in any charset. */
function useCapture() {
  const [capture, setCapture] = useState({text: "", file: null});
  const file = chosen => chosen && setCapture({text: "", file: chosen});
  return {...capture, setText: text => setCapture({text, file: null}), setFile: file, body: capture.file ?? capture.text};
}

function Hints({hints, set}) {
  return html`<details><summary>${t("explain.hints")}</summary><div class="filters">
    ${HINTS.map(name => html`<${Field} key=${name} label=${t(`explain.hint.${name}`)}>
      <input value=${hints[name] ?? ""} spellcheck=${false} onInput=${e => set({...hints, [name]: e.target.value})} /><//>`)}
  </div></details>`;
}

export function ExplainDialog({reason, close}) {
  const {text, file, setText, setFile, body} = useCapture();
  const [hints, setHints] = useState({});
  const [result, setResult] = useState(null);
  const [busy, setBusy] = useState(false);
  const explain = async event => {
    event.preventDefault();
    setBusy(true);
    try {
      const response = await ask(withParameters("/api/explain", Object.entries(hints)), {
        method: "POST", headers: {"Content-Type": "application/octet-stream"}, body,
      });
      const said = await response.json();
      setResult({explanations: said.explanations ?? [said]});
    } catch (problem) {
      setResult({problem});
    }
    setBusy(false);
  };
  const drop = event => {
    event.preventDefault();
    setFile(event.dataTransfer.files[0]);
  };
  const tooLarge = file?.size > MOST_BYTES;
  const known = textOf("refusal", reason);
  return html`<${Dialog} title=${t("refused.explain")} close=${close} wide=${true}>
    ${known && html`<p><code>${reason}</code> ${known}</p>`}
    <p class="faint">${t("explain.how")}</p>
    <form onSubmit=${explain} onDragOver=${e => e.preventDefault()} onDrop=${drop}>
      <${Field} label=${file ? t("explain.file", {name: visible(file.name)}) : t("explain.capture")}>
        <textarea class="code" rows="9" data-testid="explain-input" spellcheck=${false} value=${text}
          placeholder=${t("explain.example")} onInput=${e => setText(e.target.value)}></textarea><//>
      <${Hints} hints=${hints} set=${setHints} />
      <div class="actions">
        <button class="primary" data-testid="explain-submit" disabled=${busy || tooLarge || !(text.trim() || file)}>${t("explain.do")}</button>
        <label class="button-like small">${t("explain.chooseFile")}
          <input type="file" class="offscreen" onChange=${e => setFile(e.target.files[0])} /></label>
        ${tooLarge && html`<span class="bad-text">${t("explain.tooLarge")}</span>`}</div>
    </form>
    <div data-testid="explain-result" aria-live="polite"><${Result} result=${result} /></div>
  <//>`;
}
