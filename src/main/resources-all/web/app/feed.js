// The live list's state: rows, what was left out, whether it is paused. Outlives the view, so that coming back shows it.
import {getJson} from "./api.js";
import {afterEntries, afterPage} from "./rows.js";
import {Store} from "./store.js";
import {onEntries, onOpen} from "./stream.js";

const MOST_HELD = 1000;

/** `rows` null until the first page is there; `held` are entries that came during a pause. */
export const feed = new Store({rows: null, omitted: 0, paused: false, held: [], problem: null});

function taken(entries, omitted) {
  const now = feed.value;
  if (now.paused) {
    const held = [...now.held, ...entries];
    const dropped = Math.max(0, held.length - MOST_HELD);
    feed.set({...now, held: held.slice(dropped), omitted: now.omitted + omitted + dropped});
    return;
  }
  feed.set({...now, rows: afterEntries(now.rows ?? [], entries), omitted: now.omitted + omitted});
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
  feed.set({...feed.value, paused: true});
}

export function resume() {
  const {held} = feed.value;
  feed.set({...feed.value, paused: false, held: []});
  taken(held, 0);
}

export function followStream() {
  onEntries(taken);
  onOpen(refetch);
  refetch();
}
