// What the catalog knows of an object, as a table; and the custom variables that came with it.
import {html} from "htm/preact";
import {count, exactly, size} from "./format.js";
import {t} from "./i18n.js";
import {Facts, Level} from "./parts.js";

const TEXTS = ["etag", "crc64", "contentMd5", "mimeType", "operation", "requestId", "owner", "requester", "clientIp", "vpcId",
  "eventSource", "eventId", "sequence"];
const TIMES = ["uploadedAt", "recordedAt", "updatedAt"];

function Line({name, children}) {
  return html`<tr><th scope="row">${name}</th><td>${children}</td></tr>`;
}

function Image({image}) {
  return `${image.width ?? "?"} × ${image.height ?? "?"} ${image.format ?? ""}`;
}

function Disputed({disputed}) {
  const seen = {etag: disputed.etag ?? "–", size: size(disputed.size), since: exactly(disputed.since)};
  return html`<span class="bad-text">${t("object.disputed", seen)}</span>`;
}

function Pairs({title, pairs}) {
  if (!pairs.length) return null;
  return html`<tbody><tr><th colspan="2" scope="rowgroup" class="group">${title}</th></tr>
    <${Facts} pairs=${pairs} /></tbody>`;
}

export function Metadata({object}) {
  return html`<table class="facts" data-testid="object-metadata"><tbody>
      <${Line} name=${t("size")}>${size(object.size)}
        ${object.size >= 1024 && html` <span class="faint">(${count(object.size)} B)</span>`}<//>
      ${object.image && html`<${Line} name=${t("field.image")}><${Image} image=${object.image} /><//>`}
      <${Line} name=${t("level.title")}><${Level} level=${object.verificationLevel} /><//>
      ${object.disputed && html`<${Line} name=${t("field.disputed")}><${Disputed} disputed=${object.disputed} /><//>`}
      ${TIMES.map(name => html`<${Line} key=${name} name=${t(`field.${name}`)}>
        <time datetime=${object[name]}>${exactly(object[name])}</time><//>`)}
      <${Facts} pairs=${TEXTS.filter(name => object[name] != null).map(name => [t(`field.${name}`), object[name]])} />
    </tbody>
    <${Pairs} title=${t("variables")} pairs=${Object.entries(object.variables ?? {})} />
    <${Pairs} title=${t("field.fields")} pairs=${Object.entries(object.fields ?? {})} />
  </table>`;
}
