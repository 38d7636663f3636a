// Views and their addresses: #/, #/search?q=..., #/objects/{bucket}/{key}, #/operations. Every part is percent-encoded.
import {Store} from "./store.js";

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Text as a part of an address; half of a surrogate pair becomes the replacement character. */
export function encoded(text) {
  return encodeURIComponent(String(text).toWellFormed?.() ?? String(text));
}

function parse(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const [view = "", bucket = "", ...key] = path.replace(/^\//, "").split("/");
  const parameters = new URLSearchParams(query);
  if (view === "objects" && bucket && key.length) {
    return {view: "object", bucket: decoded(bucket), key: key.map(decoded).join("/"), parameters};
  }
  return {view: ["search", "operations"].includes(view) ? view : "live", parameters};
}

export const route = new Store(parse(location.hash));

window.addEventListener("hashchange", () => route.set(parse(location.hash)));

/** The address of an object's view. */
export function objectAddress(bucket, key) {
  return `#/objects/${encoded(bucket)}/${key.split("/").map(encoded).join("/")}`;
}

/** The address of a view with parameters; empty ones are left out. */
export function address(view, parameters = []) {
  const query = new URLSearchParams(parameters.filter(([, value]) => value)).toString();
  return `#/${view}${query ? `?${query}` : ""}`;
}

/** Goes to an address; `replace` leaves the one before out of the history, as for every letter typed. */
export function go(to, replace = false) {
  if (!replace) {
    location.hash = to;
    return;
  }
  history.replaceState(null, "", to);
  route.set(parse(to));
}
