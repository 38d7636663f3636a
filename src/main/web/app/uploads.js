// The uploads of this page: a queue of which some run at a time. Each asks for a grant, goes straight to OSS and ends with
// an answer that says what to do next.
import {post} from "./api.js";
import {answerOf, answerOfFailure} from "./answers.js";
import {hasCredentials} from "./credentials.js";
import {MultipartUpload} from "./multipart.js";
import {askToSignIn, session} from "./session.js";
import {Store} from "./store.js";
import {Cancelled, postForm, putObject} from "./transfer.js";

const AT_ONCE = 3;
const MOST_FINISHED = 50;
const ANY_TYPE = "application/octet-stream";
const GRANT_METHODS = {put: "put", form: "post", multipart: "multipart"};

/** Newest first: `{id, file, bucket, key, method, variables, state, sent, answer}`. */
export const uploads = new Store([]);
/** A state is one of these, or waiting, or over. */
const UNDER_WAY = ["signing-in", "granting", "sending", "calling-back"];
const running = new Map();
const multiparts = new Map();
let last = 0;

function change(id, changes) {
  uploads.set(uploads.value.map(one => (one.id === id ? {...one, ...changes} : one)));
}

export function isOver({state}) {
  return state === "over";
}

/** Puts files into the queue; `{bucket, prefix, method, variables}` hold for all of them. */
export function upload(files, {bucket, prefix, method, variables}) {
  const added = files.map(file => ({
    id: ++last, file, bucket, key: prefix + file.name, method, variables, state: "waiting", sent: 0, answer: null,
  }));
  const all = [...added.reverse(), ...uploads.value];
  const finished = all.filter(isOver).slice(MOST_FINISHED);
  uploads.set(all.filter(one => !finished.includes(one)));
  next();
}

/** Once more, with a new grant, or from where it stopped. */
export function again(id) {
  change(id, {state: "waiting", answer: null, sent: 0});
  next();
}

export function cancel(id) {
  if (running.has(id)) running.get(id).abort();
  else change(id, {state: "over", answer: {kind: "cancelled"}});
}

export function forget(id) {
  multiparts.delete(id);
  uploads.set(uploads.value.filter(one => one.id !== id));
}

export function forgetFinished() {
  uploads.value.filter(isOver).forEach(one => multiparts.delete(one.id));
  uploads.set(uploads.value.filter(one => !isOver(one)));
}

// The one that waits longest first.
function next() {
  const underWay = uploads.value.filter(one => UNDER_WAY.includes(one.state)).length;
  const waiting = uploads.value.filter(one => one.state === "waiting").reverse();
  waiting.slice(0, Math.max(0, AT_ONCE - underWay)).forEach(run);
}

async function run(one) {
  const abort = new AbortController();
  running.set(one.id, abort);
  change(one.id, {state: "granting"});
  let answer;
  try {
    answer = tooLarge(one) ?? answerOf(await perform(one, abort.signal));
  } catch (failure) {
    answer = answerOfFailure(failure);
  }
  if (!["network", "server-away"].includes(answer.kind)) multiparts.delete(one.id);
  running.delete(one.id);
  change(one.id, {state: "over", answer});
  next();
}

function tooLarge({file}) {
  const most = session.value?.uploads?.maxSize;
  return most != null && file.size > most ? {kind: "too-large", most} : null;
}

async function perform(one, signal) {
  const {id, file, method} = one;
  const progress = sent => {
    const done = sent >= file.size;
    change(id, {sent: Math.min(sent, file.size), state: done ? "calling-back" : "sending"});
  };
  if (multiparts.has(id)) {
    change(id, {state: "sending"});
    return multiparts.get(id).run(progress, signal);
  }
  const grant = await grantFor(one, signal);
  change(id, {state: "sending"});
  if (method === "form") return postForm(grant, file, progress, signal);
  if (method === "put") return putObject(grant, file, progress, signal);
  multiparts.set(id, new MultipartUpload(grant, file));
  return multiparts.get(id).run(progress, signal);
}

async function grantFor(one, signal) {
  const order = {
    bucket: one.bucket || undefined,
    key: one.key,
    contentTypes: [one.file.type || ANY_TYPE],
    maxSize: Math.max(1, one.file.size),
    method: GRANT_METHODS[one.method],
    variables: one.variables,
  };
  try {
    return await (await post("/api/grants", order, signal)).json();
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    return afterSignIn(one, order, problem, signal);
  }
}

async function afterSignIn(one, order, problem, signal) {
  change(one.id, {state: "signing-in"});
  const cancelled = new Promise(resolve => signal.addEventListener("abort", () => resolve(false), {once: true}));
  const signedIn = await Promise.race([askToSignIn(), cancelled]);
  if (signal.aborted) throw new Cancelled();
  if (!signedIn || !hasCredentials()) throw problem;
  change(one.id, {state: "granting"});
  return (await post("/api/grants", order, signal)).json();
}
