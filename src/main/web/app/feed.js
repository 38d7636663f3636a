// The live list's state: rows, what was left out, whether it is paused. Outlives the view, so that coming back shows it.
import {getJson} from "./api.js";
import {afterEntries, afterPage} from "./rows.js";
import {Store} from "./store.js";
import {onEntries, onOpen} from "./stream.js";

const MOST_HELD = 1000;
/** So many entries at once replace the list within a second or two: then its beginning is enough to draw. */
const MANY = 50;
const MANY_ROWS = 60;
const CALM_MILLIS = 1000;
/** So long after entries were last left out, the catalog has what they were about. */
const CAUGHT_UP_MILLIS = 3000;

/** `rows` null until the first page is there; `held` are entries that came during a pause. */
export const feed = new Store({rows: null, omitted: 0, paused: false, held: [], busy: false, problem: null});
let calm = 0;
let caughtUp = 0;

/** The rows to draw: all, unless so many arrive that nobody could get to the last ones. */
export function shownRows({rows, busy}) {
  return busy ? rows?.slice(0, MANY_ROWS) : rows;
}

function becomesCalm() {
  clearTimeout(calm);
  calm = setTimeout(() => feed.set({...feed.value, busy: false}), CALM_MILLIS);
}

// What was left out is never told again; the newest of it is in the catalog.
function missedSome() {
  clearTimeout(caughtUp);
  caughtUp = setTimeout(() => feed.value.paused || refetch(), CAUGHT_UP_MILLIS);
}

function taken(entries, omitted) {
  const now = feed.value;
  if (omitted > 0) missedSome();
  if (now.paused) {
    const held = [...now.held, ...entries];
    const dropped = Math.max(0, held.length - MOST_HELD);
    feed.set({...now, held: held.slice(dropped), omitted: now.omitted + omitted + dropped});
    return;
  }
  const busy = entries.length >= MANY;
  if (busy) becomesCalm();
  feed.set({...now, rows: afterEntries(now.rows ?? [], entries), omitted: now.omitted + omitted, busy: now.busy || busy});
}

/** The catalog's newest objects: at the beginning and after every gap. */
export async function refetch() {
  try {
    const {objects} = await getJson("/api/objects?order=newest&limit=50");
    feed.set({...feed.value, rows: afterPage(feed.value.rows ?? [], objects), problem: null});
  } catch (problem) {
    feed.set({...feed.value, problem});
  }
}

export function pause() {
  feed.set({...feed.value, paused: true, busy: false});
}

export function resume() {
  const {held, omitted} = feed.value;
  feed.set({...feed.value, paused: false, held: []});
  taken(held, 0);
  if (omitted > 0) refetch();
}

export function followStream() {
  onEntries(taken);
  onOpen(refetch);
  refetch();
}
