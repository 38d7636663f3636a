// Who the reader is: an API key or a bearer token, kept as long as the tab is open.
const NAME = "quayside.credentials";
let current = read();

function read() {
  try {
    return JSON.parse(window.sessionStorage.getItem(NAME));
  } catch {
    return null;
  }
}

/** Keeps `{kind: "key"|"token", secret}`; null forgets. */
export function keepCredentials(credentials) {
  current = credentials;
  try {
    if (credentials) window.sessionStorage.setItem(NAME, JSON.stringify(credentials));
    else window.sessionStorage.removeItem(NAME);
  } catch {
    // Then they last until the page is loaded again.
  }
}

export function hasCredentials() {
  return current !== null;
}

export function credentialHeaders() {
  if (!current) return {};
  return current.kind === "token" ? {Authorization: `Bearer ${current.secret}`} : {"X-Api-Key": current.secret};
}
