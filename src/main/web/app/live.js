// The first view: where to drop files, what became of them, and every upload as it happens.
import {Component, html} from "htm/preact";
import {DropZone} from "./drop.js";
import {feed, pause, refetch, resume, shownRows} from "./feed.js";
import {count, millis, size, when} from "./format.js";
import {Hostile} from "./hostile.js";
import {t, textOf} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy, Level, Thumbnail} from "./parts.js";
import {language} from "./preferences.js";
import {address, objectAddress} from "./router.js";
import {STAGES} from "./rows.js";
import {useStore} from "./store.js";
import {UploadList} from "./upload-list.js";

const NAME_CHARACTERS = 96;

function stageText(stage) {
  if (!stage) return "…";
  if (stage.state === "unknown" || stage.state === "skipped") return "–";
  if (stage.state === "retry") return t("stage.retry");
  if (stage.state === "dead") return t("stage.dead");
  if (stage.state === "redriven") return t("stage.redriven");
  return stage.millis == null ? "✓" : millis(stage.millis);
}

function Stage({name, stage}) {
  const label = textOf("stage", name) ?? name;
  const outcome = stage?.outcome ? `${label}: ${textOf("outcome", stage.outcome) ?? stage.outcome}` : label;
  const body = html`<span class="stage-name">${label}</span><span class="stage-time">${stageText(stage)}</span>`;
  const state = stage?.state ?? "open";
  const common = {class: `stage ${state}`, title: outcome, "data-testid": `stage-${name}`, "data-state": state};
  if (state === "dead" && stage.place) {
    const {topic, partition, offset} = stage.place;
    return html`<a ...${common} href=${address("operations", [["letter", `${topic}/${partition}/${offset}`]])}>${body}</a>`;
  }
  return html`<span ...${common}>${body}</span>`;
}

// Drawn again only when something about it changed: many rows stand still while a few move.
class Row extends Component {
  shouldComponentUpdate(next) {
    return next.row !== this.props.row || next.language !== this.props.language;
  }

  render({row}) {
    const others = Object.keys(row.stages).filter(name => !STAGES.includes(name) && !["done", "skipped"].includes(row.stages[name].state));
    return html`<li class=${`row ${row.deleted ? "deleted" : ""}`} data-testid="live-row" data-key=${row.key} data-bucket=${row.bucket}>
      <${Thumbnail} object=${row} />
      <div class="row-name">
        <a href=${objectAddress(row.bucket, row.key)}><${Hostile} text=${row.key} most=${NAME_CHARACTERS} /></a>
        <span class="row-facts">
          <span class="bucket"><${Hostile} text=${row.bucket} /></span>
          <span class="number">${size(row.size)}</span>
          <${Level} level=${row.verificationLevel} />
          <time datetime=${row.at}>${when(row.at)}</time>
          ${row.deleted && html`<span class="tag">${t("deleted")}</span>`}
        </span>
      </div>
      <div class="stages">${[...STAGES, ...others].map(name => html`<${Stage} key=${name} name=${name} stage=${row.stages[name]} />`)}</div>
    </li>`;
  }
}

function Toolbar({paused, held, omitted}) {
  return html`<div class="toolbar">
    ${omitted > 0 && html`<span class="faint" data-testid="omitted">${t("live.omitted", {n: count(omitted)})}</span>`}
    <button class="small" data-testid="pause" aria-pressed=${paused ? "true" : "false"} onClick=${paused ? resume : pause}>
      ${paused ? t("live.resume", {n: count(held.length)}) : t("live.pause")}
    </button>
  </div>`;
}

function Welcome() {
  return html`<ol class="welcome">${[1, 2, 3].map(n => html`<li key=${n}>
    <strong>${t(`welcome.${n}`)}</strong><span>${t(`welcome.${n}.how`)}</span>
  </li>`)}</ol>`;
}

function Rows({rows, problem}) {
  if (problem && !rows?.length) return html`<${ProblemBox} problem=${problem} retry=${refetch} />`;
  if (!rows) return html`<${Busy} />`;
  if (!rows.length) return html`<${Welcome} />`;
  return html`${problem && html`<${ProblemBox} problem=${problem} retry=${refetch} />`}
    <ol class="rows" data-testid="live-list">${rows.map(row => html`<${Row} key=${row.id} row=${row} language=${language.value} />`)}</ol>`;
}

export function Live() {
  const state = useStore(feed);
  const {omitted, paused, held, problem} = state;
  const rows = shownRows(state);
  return html`<h1 class="offscreen">${t("nav.live")}</h1>
    <section aria-labelledby="upload-title">
      <h2 id="upload-title" class="offscreen">${t("upload.title")}</h2>
      <${DropZone} /><${UploadList} />
    </section>
    <section aria-labelledby="live-title">
      <div class="section-head"><h2 id="live-title">${t("live.title")}</h2>
        ${rows?.length > 0 && html`<${Toolbar} paused=${paused} held=${held} omitted=${omitted} />`}</div>
      <${Rows} rows=${rows} problem=${problem} />
    </section>`;
}
