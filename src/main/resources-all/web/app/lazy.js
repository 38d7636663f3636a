// Views that are loaded when they are first looked at, so that the first one comes quickly.
import {html, useEffect, useState} from "htm/preact";
import {ProblemBox} from "./notices.js";
import {Busy} from "./parts.js";

const VIEWS = {
  search: async () => (await import("./search.js")).Search,
  object: async () => (await import("./object.js")).ObjectView,
  operations: async () => (await import("./operations.js")).Operations,
};
const loaded = {};

/** A module that cannot be loaded is one of an older version, or the server is away: both need the page anew. */
export function Lazy({view, ...properties}) {
  const [state, setState] = useState({});
  useEffect(() => {
    if (loaded[view]) return;
    VIEWS[view]().then(component => {
      loaded[view] = component;
      setState({});
    }, () => setState({problem: {reason: "network"}}));
  }, [view]);
  if (state.problem) return html`<${ProblemBox} problem=${state.problem} retry=${() => location.reload()} />`;
  return loaded[view] ? html`<${loaded[view]} ...${properties} />` : html`<${Busy} />`;
}
