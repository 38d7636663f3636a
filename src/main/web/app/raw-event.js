// A record as it is in Kafka, and the commands that read it on a terminal.
import {html, useEffect, useState} from "htm/preact";
import {eventPath, getJson} from "./api.js";
import {CopyButton} from "./clipboard.js";
import {exactly, pretty} from "./format.js";
import {Hostile, visibleLines} from "./hostile.js";
import {t} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy, Facts} from "./parts.js";

const quoted = text => `'${String(text).replaceAll("'", "'\\''")}'`;

export function curlCommand(place) {
  return `curl -s ${quoted(location.origin + eventPath(place))}`;
}

/** Where Kafka is, the page does not know: a laptop's, unless the shell says otherwise. */
export function kcatCommand({topic, partition, offset}) {
  return `kcat -C -b "\${KAFKA:-127.0.0.1:9092}" -t ${quoted(topic)} -p ${partition} -o ${offset} -c 1 -J`;
}

function Headers({headers}) {
  return html`<table class="facts"><tbody><${Facts} pairs=${Object.entries(headers)} /></tbody></table>`;
}

function Record({event}) {
  const value = event.valueBase64 ?? event.value;
  return html`<p class="faint">${event.topic} / ${event.partition} / ${event.offset} · ${exactly(event.timestamp)}
      ${event.key != null && html` · ${t("raw.key")} <${Hostile} text=${event.key} most=${200} />`}</p>
    <details><summary>${t("raw.headers", {n: Object.keys(event.headers).length})}</summary><${Headers} headers=${event.headers} /></details>
    <pre tabindex="0" dir="ltr">${value == null ? t("raw.tombstone") : visibleLines(pretty(value))}</pre>`;
}

export function RawEvent({place}) {
  const [loaded, setLoaded] = useState({});
  const path = eventPath(place);
  const load = async signal => {
    try {
      setLoaded({path, event: await getJson(path, signal)});
    } catch (problem) {
      if (problem.name !== "AbortError") setLoaded({path, problem});
    }
  };
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal);
    return () => controller.abort();
  }, [path]);
  const {event, problem} = loaded.path === path ? loaded : {};
  return html`<div class="raw" data-testid="raw-event">
    ${problem && html`<${ProblemBox} problem=${problem} retry=${() => load()} />`}
    ${event ? html`<${Record} event=${event} />` : !problem && html`<${Busy} />`}
    <div class="actions"><${CopyButton} testid="copy-curl" text=${curlCommand(place)} label=${t("raw.copyCurl")} />
      <${CopyButton} testid="copy-kcat" text=${kcatCommand(place)} label=${t("raw.copyKcat")} /></div>
    <pre class="command" tabindex="0">${kcatCommand(place)}</pre>
  </div>`;
}
