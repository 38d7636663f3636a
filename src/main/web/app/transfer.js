// One request to OSS, with progress and cancel. XMLHttpRequest, as fetch tells nothing of what has been sent.

/** Nobody answered: the network is away, or the bucket's CORS rules do not admit this page. */
export class ConnectionLost extends Error {}
/** The reader cancelled. */
export class Cancelled extends Error {}

/**
 * Sends; resolves with any answer, `{status, text, xml(name), header(name)}`: `xml` is the text of the first element of a
 * name, empty where there is none or the answer is no XML. The browser reads it, as Trusted Types let no page parse text.
 */
export function send({method, url, headers = {}, body = null, progress = () => {}, signal}) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Cancelled());
      return;
    }
    const request = new XMLHttpRequest();
    request.open(method, url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    const cancel = () => request.abort();
    signal.addEventListener("abort", cancel, {once: true});
    request.upload.onprogress = event => progress(event.loaded);
    request.onload = () => resolve({
      status: request.status,
      text: request.responseText,
      xml: name => request.responseXML?.querySelector(name)?.textContent ?? "",
      header: name => request.getResponseHeader(name),
    });
    request.onerror = () => reject(new ConnectionLost());
    request.ontimeout = request.onerror;
    request.onabort = () => reject(new Cancelled());
    request.onloadend = () => signal.removeEventListener("abort", cancel);
    request.send(body);
  });
}

/** The object in one request, to a presigned URL. */
export function putObject(grant, file, progress, signal) {
  return send({method: "PUT", url: grant.url, headers: grant.headers, body: file, progress, signal});
}

/** The object in a form: OSS itself holds it to the policy. The file comes last. */
export function postForm(grant, file, progress, signal) {
  const form = new FormData();
  Object.entries(grant.fields).forEach(([name, value]) => form.append(name, value));
  form.append("file", file, file.name);
  return send({method: "POST", url: grant.url, body: form, progress, signal});
}
