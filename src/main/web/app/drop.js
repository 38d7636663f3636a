// Where files are dropped or chosen, and how they are uploaded.
import {html, useState} from "htm/preact";
import {t} from "./i18n.js";
import {notice, problemText} from "./notices.js";
import {Field} from "./parts.js";
import {askToSignIn, session} from "./session.js";
import {useStore} from "./store.js";
import {upload} from "./uploads.js";

const METHODS = ["put", "form", "multipart"];
const chosen = {bucket: "", prefix: "", method: "put", variables: [""]};

/** `name=value` texts as an object; names in lower case, as OSS has them, and without the x: that a grant puts before them. */
function variablesOf(texts) {
  const pairs = texts.map(text => text.split(/=(.*)/s)).filter(([name, value]) => name.trim() && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name.trim().toLowerCase().replace(/^x:/, ""), value.trim()]));
}

// A dropped folder looks like a file that cannot be read.
function filesOf(transfer) {
  const items = [...(transfer.items ?? [])];
  const folders = items.filter(item => item.webkitGetAsEntry?.()?.isDirectory).length;
  if (folders) notice(t("upload.noFolders"), "error");
  return items.length ? items.filter(item => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory).map(item => item.getAsFile())
    : [...transfer.files];
}

function Options({options, set, buckets}) {
  const change = (name, value) => set({...options, [name]: value});
  const variable = (index, value) => {
    const texts = options.variables.with(index, value);
    change("variables", texts.at(-1) ? [...texts, ""] : texts);
  };
  return html`<div class="drop-options">
    <${Field} label=${t("upload.method")}>
      <select data-testid="method-select" value=${options.method} onChange=${e => change("method", e.target.value)}>
        ${METHODS.map(method => html`<option key=${method} value=${method}>${t(`method.${method}`)}</option>`)}
      </select><//>
    ${buckets.length > 1 && html`<${Field} label=${t("bucket")}>
      <select data-testid="bucket-select" value=${options.bucket || buckets[0]} onChange=${e => change("bucket", e.target.value)}>
        ${buckets.map(name => html`<option key=${name} value=${name}>${name}</option>`)}
      </select><//>`}
    <${Field} label=${t("upload.prefix")}>
      <input data-testid="upload-prefix" value=${options.prefix} placeholder="2026/" spellcheck=${false}
        onInput=${e => change("prefix", e.target.value)} /><//>
    ${options.variables.map((text, index) => html`<${Field} key=${index} label=${t("variable")}>
      <input data-testid="upload-variable" value=${text} placeholder="album=harbour" spellcheck=${false}
        onInput=${e => variable(index, e.target.value)} /><//>`)}
  </div>`;
}

/** What stands in the way of uploads, and what to do. */
function Hindrance({known}) {
  if (!known || known.problem) return known?.problem ? html`<p class="hint bad">${problemText(known.problem)}</p>` : null;
  if (!known.uploads.enabled) {
    return html`<p class="hint bad" data-testid="uploads-missing">${t("upload.notConfigured")} ${known.uploads.reason ?? ""}</p>`;
  }
  if (known.name) return null;
  return html`<p class="hint">${t("upload.signInFirst")} <button class="link" onClick=${askToSignIn}>${t("signIn")}</button></p>`;
}

export function DropZone() {
  const known = useStore(session);
  const [over, setOver] = useState(false);
  const [options, setOptions] = useState({...chosen});
  const buckets = known?.uploads?.buckets ?? [];
  const set = changed => setOptions(Object.assign(chosen, changed) && {...changed});
  const take = files => {
    const bucket = options.bucket || buckets[0] || "";
    if (files.length) upload(files, {...options, bucket, variables: variablesOf(options.variables)});
  };
  return html`<div class=${`drop ${over ? "over" : ""}`} data-testid="drop-zone"
    onDragOver=${e => { e.preventDefault(); setOver(true); }}
    onDragLeave=${e => e.currentTarget.contains(e.relatedTarget) || setOver(false)}
    onDrop=${e => { e.preventDefault(); setOver(false); take(filesOf(e.dataTransfer)); }}>
    <label class="drop-target">
      <span class="drop-text"><strong>${t("upload.drop")}</strong> <span class="button-like">${t("upload.choose")}</span></span>
      <input type="file" multiple class="offscreen" data-testid="file-input"
        onChange=${e => { take([...e.target.files]); e.target.value = ""; }} />
    </label>
    <${Options} options=${options} set=${set} buckets=${buckets} />
    <${Hindrance} known=${known} />
  </div>`;
}
