// The server, asked as the reader who is signed in. Every refusal is a Problem with the server's stable reason.
import {encoded} from "./router.js";
import {credentialHeaders} from "./credentials.js";

/** Why there is no answer. `reason` is stable; "network" when nobody answered. */
export class Problem extends Error {
  constructor(status, reason, title, detail) {
    super(detail || title || reason);
    Object.assign(this, {status, reason, title, detail});
  }
}

async function problemOf(response) {
  try {
    const said = await response.json();
    return new Problem(response.status, said.reason ?? `http-${response.status}`, said.title, said.detail);
  } catch {
    return new Problem(response.status, `http-${response.status}`, response.statusText, "");
  }
}

/** The response, when it is a good one. */
export async function ask(path, options = {}) {
  const headers = {...credentialHeaders(), ...options.headers};
  let response;
  try {
    response = await fetch(path, {...options, headers, credentials: "omit"});
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem(0, "network", "", "");
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function getJson(path, signal) {
  return (await ask(path, {signal})).json();
}

export async function post(path, body, signal) {
  return ask(path, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body),
    signal,
  });
}

/** A path with parameters; empty ones are left out. */
export function withParameters(path, parameters) {
  const query = new URLSearchParams(parameters.filter(([, value]) => value != null && value !== "")).toString();
  return query ? `${path}?${query}` : path;
}

/** The slashes of a key are encoded, too: so dots between them stay what they are. */
export function objectPath(bucket, key) {
  return `/api/objects/${encoded(bucket)}/${encoded(key)}`;
}

/** Of exactly this version, so that the browser may keep it. */
export function thumbnailPath({bucket, key, etag}, {preset, mimeType}) {
  return withParameters(`/api/thumbnails/${encoded(bucket)}/${encoded(key)}`, [["preset", preset], ["type", mimeType], ["etag", etag]]);
}

export function eventPath(place) {
  return `/api/events/${encoded(place.topic)}/${place.partition}/${place.offset}`;
}
