// One object: picture, what is known of it, what happened to it, its thumbnails and the events themselves.
import {html, useEffect, useRef, useState} from "htm/preact";
import {getJson, objectPath, thumbnailPath} from "./api.js";
import {CopyButton} from "./clipboard.js";
import {size} from "./format.js";
import {Hostile} from "./hostile.js";
import {t} from "./i18n.js";
import {Metadata} from "./metadata.js";
import {ProblemBox} from "./notices.js";
import {Busy, Empty} from "./parts.js";
import {RawEvent} from "./raw-event.js";
import {onEntries} from "./stream.js";
import {Timeline} from "./timeline.js";

const SETTLE_MILLIS = 400;
/** The timeline is written a moment after the stream has told, which may have been before the view was opened. */
const WRITTEN_MILLIS = 3000;
const PAGE = 200;
const NAME_CHARACTERS = 160;

/** The object and its timeline, fetched again when the stream tells of it. */
function useObject(bucket, key) {
  const [loaded, setLoaded] = useState({});
  const path = objectPath(bucket, key);
  const load = async signal => {
    const [object, timeline] = await Promise.allSettled([getJson(path, signal), getJson(`${path}/timeline?limit=${PAGE}`, signal)]);
    if (signal?.aborted) return;
    setLoaded({
      object: object.value, objectProblem: object.reason, timeline: timeline.value?.entries, next: timeline.value?.nextCursor,
      timelineProblem: timeline.reason,
    });
  };
  const more = async () => {
    const page = await getJson(`${path}/timeline?limit=${PAGE}&cursor=${encodeURIComponent(loaded.next)}`);
    setLoaded(now => ({...now, timeline: [...now.timeline, ...page.entries], next: page.nextCursor}));
  };
  useEffect(() => {
    const controller = new AbortController();
    let timer = 0;
    let written = 0;
    const again = () => load(controller.signal);
    const onceWritten = () => {
      clearTimeout(written);
      written = setTimeout(again, WRITTEN_MILLIS);
    };
    setLoaded({});
    again();
    onceWritten();
    const stop = onEntries(entries => {
      if (timer || !entries.some(entry => entry.bucket === bucket && entry.key === key)) return;
      timer = setTimeout(() => {
        timer = 0;
        again();
        onceWritten();
      }, SETTLE_MILLIS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearTimeout(written);
      controller.abort();
    };
  }, [path]);
  return {...loaded, again: () => load(), more};
}

function Preview({object}) {
  const [failed, setFailed] = useState(false);
  const largest = [...object.thumbnails].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  return html`<div class="preview" data-testid="object-preview">${largest && !failed
    ? html`<img alt=${t("object.preview")} width=${largest.width} height=${largest.height} onError=${() => setFailed(true)}
        src=${thumbnailPath(object, largest)} />`
    : html`<p class="faint">${failed ? t("object.previewAway") : t("object.noPreview")}</p>`}</div>`;
}

function Thumbnails({object}) {
  if (!object.thumbnails.length) return html`<${Empty} title=${t("object.noThumbnails")} />`;
  return html`<ul class="thumbnails">${object.thumbnails.map(one => html`<li key=${one.key}>
    <img loading="lazy" alt=${t("object.thumbnailOf", {preset: one.preset})} width=${one.width} height=${one.height}
      src=${thumbnailPath(object, one)} />
    <p><strong>${one.preset}</strong> 
      ${" "}<span class="number">${one.width} × ${one.height} · ${size(one.size)} · ${one.mimeType}</span></p></li>`)}</ul>`;
}

function Known({object}) {
  return html`<div class="object-top"><${Preview} object=${object} />
      <section aria-labelledby="metadata-title"><h2 id="metadata-title">${t("object.metadata")}</h2><${Metadata} object=${object} /></section></div>
    <section aria-labelledby="thumbnails-title" data-testid="object-thumbnails"><h2 id="thumbnails-title">${t("object.thumbnails")}</h2>
      <${Thumbnails} object=${object} /></section>`;
}

/** The upload, where it is known: the others follow from it. */
function newestEvent(timeline) {
  const events = timeline?.filter(entry => entry.kind === "event") ?? [];
  return events.findLast(entry => entry.eventType?.includes("uploaded")) ?? events.at(-1);
}

export function ObjectView({bucket, name: key}) {
  const {object, objectProblem, timeline, timelineProblem, next, again, more} = useObject(bucket, key);
  const [place, setPlace] = useState(null);
  const raw = useRef(null);
  const choose = chosen => {
    setPlace(chosen);
    raw.current?.scrollIntoView({block: "nearest"});
  };
  const shown = place ?? newestEvent(timeline)?.place;
  return html`<div class="object-head"><p class="bucket"><${Hostile} text=${bucket} /></p>
      <h1 class="object-name"><${Hostile} text=${key} most=${NAME_CHARACTERS} /></h1><${CopyButton} text=${key} label=${t("object.copyName")} />
      ${key.length > NAME_CHARACTERS && html`<details><summary>${t("object.wholeName")}</summary>
        <p data-testid="whole-name"><${Hostile} text=${key} /></p></details>`}</div>
    ${objectProblem && html`<${ProblemBox} problem=${objectProblem} retry=${again} />`}
    ${object ? html`<${Known} object=${object} />` : !objectProblem && html`<${Busy} />`}
    <section aria-labelledby="timeline-title"><h2 id="timeline-title">${t("object.timeline")}</h2>
      ${timelineProblem && html`<${ProblemBox} problem=${timelineProblem} retry=${again} />`}
      ${timeline && html`<${Timeline} entries=${timeline} show=${choose} shown=${shown} />`}
      ${next && html`<p class="after-list"><button onClick=${more}>${t("more")}</button></p>`}</section>
    <section aria-labelledby="raw-title" ref=${raw}><h2 id="raw-title">${t("raw.title")}</h2>
      ${shown ? html`<${RawEvent} place=${shown} />` : html`<${Empty} title=${t("raw.none")} />`}</section>`;
}
