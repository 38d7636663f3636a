// What happened to an object, newest last, and how long after what came before.
import {html} from "htm/preact";
import {exactly, millis} from "./format.js";
import {Hostile} from "./hostile.js";
import {t, textOf} from "./i18n.js";
import {Empty} from "./parts.js";

const samePlace = (a, b) => a && b && a.topic === b.topic && a.partition === b.partition && a.offset === b.offset;

function difference(entries, index) {
  return index ? `+${millis(Date.parse(entries[index].at) - Date.parse(entries[index - 1].at))}` : "";
}

// A sink has a consumer for each type of event, such as search-uploaded.
const stageName = sink => textOf("stage", sink?.split("-")[0]) ?? sink;

/** An event by its type, what it came to by the sink, else by what happened. */
function title({kind, eventType, sink}) {
  if (kind === "event") return textOf("eventType", eventType?.split(".").at(-2)) ?? eventType;
  return kind === "effect" ? stageName(sink) : textOf("kind", kind) ?? kind;
}

function Entry({entry, after, show, shown}) {
  const {sink, outcome, details, place} = entry;
  return html`<li class=${`entry is-${entry.kind}`} data-kind=${entry.kind}>
    <time class="number" datetime=${entry.at}>${exactly(entry.at)}</time><span class="faint number after">${after}</span>
    <span class="entry-what"><strong>${title(entry)}</strong>
      ${sink && entry.kind !== "effect" && html`<span class="tag">${stageName(sink)}</span>`}
      ${outcome && html`<span>${textOf("outcome", outcome) ?? html`<${Hostile} text=${outcome} most=${120} />`}</span>`}
      ${Object.entries(details ?? {}).map(([name, value]) => html`<span class="faint" key=${name}>
        ${name}: <${Hostile} text=${value} most=${120} /></span>`)}</span>
    <button class="small quiet" aria-pressed=${shown ? "true" : "false"} onClick=${() => show(place)}>${t("raw.show")}</button>
  </li>`;
}

export function Timeline({entries, show, shown}) {
  if (!entries.length) return html`<${Empty} title=${t("object.noTimeline")} />`;
  return html`<ol class="timeline" data-testid="object-timeline">${entries.map((entry, index) => html`<${Entry}
    key=${`${entry.place.topic}/${entry.place.partition}/${entry.place.offset}/${entry.place.item}`}
    entry=${entry} after=${difference(entries, index)} show=${show} shown=${samePlace(entry.place, shown)} />`)}</ol>`;
}
