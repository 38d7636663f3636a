// The stream of what happens (server-sent events): gathers messages and hands them on once per drawn frame. Lives while the
// page is looked at; after a gap, whoever shows a list has to fetch it again.
import {Store} from "./store.js";

/** What waits for a frame at most: more than is ever shown. Older entries are dropped and counted. */
const MOST_WAITING = 1000;
/** From this many on the list is drawn twice a second, not with every message: nobody reads faster. */
const MANY = 50;
const MANY_MILLIS = 450;
/** A page that nobody looks at closes the stream, which gives its connection to others. */
const HIDDEN_MILLIS = 60_000;
const RETRY_MILLIS = [1000, 2000, 5000, 10_000];

/** `{state: "connecting"|"live"|"lost"|"asleep", kafka: boolean, reason: string|null}` */
export const connection = new Store({state: "connecting", kafka: true, reason: null});

const listeners = new Set();
const openings = new Set();
let source = null;
let entries = [];
let omitted = 0;
let waiting = false;
let drawn = 0;
let failures = 0;
let retry = 0;
let sleep = 0;

/** Calls back with `(entries, omitted)`, oldest first, at most once per frame; returns how to stop that. */
export function onEntries(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls back when the stream is live, first or again. */
export function onOpen(listener) {
  openings.add(listener);
  return () => openings.delete(listener);
}

function flush() {
  waiting = false;
  drawn = performance.now();
  const [some, left] = [entries, omitted];
  entries = [];
  omitted = 0;
  listeners.forEach(listener => listener(some, left));
}

function gather(message) {
  const told = JSON.parse(message.data);
  entries.push(...told.entries);
  omitted += told.omitted;
  if (entries.length > MOST_WAITING) {
    omitted += entries.length - MOST_WAITING;
    entries = entries.slice(-MOST_WAITING);
  }
  if (waiting) return;
  waiting = true;
  const pause = entries.length < MANY ? 0 : drawn + MANY_MILLIS - performance.now();
  if (pause > 0) setTimeout(() => requestAnimationFrame(flush), pause);
  else requestAnimationFrame(flush);
}

function opened() {
  failures = 0;
  connection.set({...connection.value, state: "live", reason: null});
  openings.forEach(listener => listener());
}

// The browser connects again by itself, unless the server refused.
function failed() {
  connection.set({...connection.value, state: "lost"});
  if (source.readyState !== EventSource.CLOSED) return;
  const wait = RETRY_MILLIS[Math.min(failures++, RETRY_MILLIS.length - 1)];
  clearTimeout(retry);
  retry = setTimeout(connect, wait);
  whyRefused();
}

// An EventSource does not tell what the server said.
async function whyRefused() {
  const looking = new AbortController();
  try {
    const response = await fetch("/api/events", {signal: looking.signal, credentials: "omit"});
    if (!response.ok) connection.set({...connection.value, reason: (await response.json()).reason ?? null});
  } catch {
    // Not reachable: that is all there is to say.
  } finally {
    looking.abort();
  }
}

export function connect() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource("/api/events");
  source.addEventListener("hello", opened);
  source.addEventListener("entries", gather);
  source.addEventListener("kafka", message => {
    connection.set({...connection.value, kafka: JSON.parse(message.data).available});
  });
  source.onerror = failed;
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  connection.set({...connection.value, state: "asleep"});
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(sleep);
  if (document.hidden) sleep = setTimeout(disconnect, HIDDEN_MILLIS);
  else if (connection.value.state === "asleep") connect();
});
window.addEventListener("online", () => connection.value.state === "lost" && connect());
