// What the server says of the reader: name, whether an operator, whether uploads are possible and where to.
import {getJson} from "./api.js";
import {hasCredentials, keepCredentials} from "./credentials.js";
import {Store} from "./store.js";

/** Null until known. */
export const session = new Store(null);
/** Whether the dialog is open. */
export const signingIn = new Store(false);

const waiting = new Set();

/** Asks anew; credentials that do not hold any more are forgotten. */
export async function refreshSession() {
  try {
    session.set(await getJson("/api/session"));
  } catch (problem) {
    if (problem.status === 401 && hasCredentials()) {
      keepCredentials(null);
      return refreshSession();
    }
    session.set({problem});
  }
  return session.value;
}

/** Tries credentials; throws the server's problem and keeps none when they are wrong. */
export async function signIn(credentials) {
  keepCredentials(credentials);
  try {
    session.set(await getJson("/api/session"));
  } catch (problem) {
    keepCredentials(null);
    throw problem;
  }
  signingIn.set(false);
  settle(true);
}

export function signOut() {
  keepCredentials(null);
  return refreshSession();
}

/** Opens the dialog; true when somebody has signed in, false when it was closed. */
export function askToSignIn() {
  signingIn.set(true);
  return new Promise(resolve => waiting.add(resolve));
}

export function closeSignIn() {
  signingIn.set(false);
  settle(false);
}

function settle(signedIn) {
  waiting.forEach(resolve => resolve(signedIn));
  waiting.clear();
}
