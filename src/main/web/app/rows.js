// The list of uploads, from the catalog's page and the stream's entries. Pure: each function gives a new list, newest
// first; rows that did not change stay the same objects, so that only changed ones are drawn.

export const MOST_ROWS = 200;
export const STAGES = ["publish", "catalog", "search", "thumbnail"];

const UPLOADED = "io.quayside.object.uploaded.v1";
const THUMBNAILED = "io.quayside.object.thumbnailed.v1";
const DELETED = "io.quayside.object.deleted.v1";

export function rowId(bucket, key) {
  return `${bucket}/${key}`;
}

/** A row of an object as the catalog lists it. How long its stages took is in its timeline alone. */
export function ofObject(object) {
  const unknown = {state: "unknown"};
  const stages = {publish: {state: "done"}, catalog: {state: "done"}, search: unknown, thumbnail: unknown};
  if (object.thumbnails.length) stages.thumbnail = {state: "done"};
  return {
    id: rowId(object.bucket, object.key),
    bucket: object.bucket,
    key: object.key,
    at: object.recordedAt,
    eventId: object.eventId,
    size: object.size,
    mimeType: object.mimeType,
    etag: object.etag,
    verificationLevel: object.verificationLevel,
    thumbnails: object.thumbnails,
    stages,
  };
}

function ofUpload(entry) {
  const {upload} = entry;
  return {
    id: rowId(entry.bucket, entry.key),
    bucket: entry.bucket,
    key: entry.key,
    at: upload?.recordedAt ?? entry.at,
    eventId: entry.eventId,
    streamed: true,
    size: upload?.size,
    mimeType: upload?.mimeType,
    etag: upload?.etag,
    verificationLevel: upload?.verificationLevel,
    thumbnails: [],
    stages: {publish: {state: "done", millis: entry.millis, outcome: entry.outcome}},
  };
}

const FAILED = ["retry", "dead", "redriven"];
const STATES = {effect: "done", retry: "retry", "dead-letter": "dead", redrive: "redriven"};

/** Outcomes of thumbnails that nobody asked for: nothing is wrong, and nothing was made. */
const SKIPPED = ["no-object", "not-an-image", "vector-image", "own-thumbnail", "object-gone"];

function withStage(row, stage, entry) {
  const {millis, outcome, place} = entry;
  const state = SKIPPED.includes(outcome) ? "skipped" : STATES[entry.kind] ?? "done";
  return {...row, stages: {...row.stages, [stage]: {state, millis, outcome, place}}};
}

// The catalog may hear of thumbnails later than the stream, or earlier: it can show them once both have.
function withThumbnails(row, entry) {
  const {eventId, thumbnails} = entry;
  return {...withStage(row, "thumbnail", entry), thumbnails, listed: row.listedEvent === eventId, made: eventId};
}

function withListed(row, {eventId}) {
  return {...row, listedEvent: eventId, listed: row.made === eventId ? true : row.listed};
}

// The effect of another event than the upload says nothing of the upload's stages, unless that one had failed.
function concerns(row, entry) {
  if (entry.kind !== "effect") return true;
  return entry.eventType === UPLOADED ? entry.eventId === row.eventId : FAILED.includes(row.stages[entry.sink]?.state);
}

/** The row after an entry about its object. */
function after(row, entry) {
  if (entry.eventType === DELETED && entry.kind === "event") return {...row, deleted: true};
  if (entry.thumbnails) return withThumbnails(row, entry);
  if (entry.kind === "effect" && entry.sink === "catalog" && entry.eventType === THUMBNAILED) return withListed(row, entry);
  return entry.sink && concerns(row, entry) ? withStage(row, entry.sink, entry) : row;
}

/** The list after entries, oldest first. */
export function afterEntries(rows, entries) {
  const known = new Map(rows.map(row => [row.id, row]));
  for (const entry of entries) {
    const id = rowId(entry.bucket, entry.key);
    const row = known.get(id);
    if (entry.kind === "event" && entry.eventType === UPLOADED) {
      if (row?.eventId === entry.eventId) continue;
      known.delete(id);
      known.set(id, ofUpload(entry));
    } else if (row) {
      known.set(id, after(row, entry));
    }
  }
  return newestFirst(known);
}

/** The list after the catalog's first page: what both know keeps the stages that were seen. */
export function afterPage(rows, objects) {
  const known = new Map(rows.map(row => [row.id, row]));
  for (const object of objects) {
    const found = ofObject(object);
    const row = known.get(found.id);
    if (row?.eventId === found.eventId) {
      const thumbnails = found.thumbnails.length ? found.thumbnails : row.thumbnails;
      known.set(found.id, {...found, thumbnails, stages: {...found.stages, ...row.stages}});
    } else if (!row || row.at < found.at) {
      known.set(found.id, found);
    }
  }
  return newestFirst(known);
}

function newestFirst(known) {
  return [...known.values()].reverse().sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, MOST_ROWS);
}
