// What came of an upload, sorted by what the uploader can do about it.
import {Problem} from "./api.js";
import {StepRefused} from "./multipart.js";
import {Cancelled, ConnectionLost} from "./transfer.js";

function kindOf(status, code, message) {
  if (status === 203) return "callback-failed";
  if (status >= 200 && status < 300) return "accepted";
  if (/expired/i.test(message) || code === "RequestTimeTooSkewed") return "expired";
  if (code === "EntityTooLarge") return "too-large";
  if (code === "EntityTooSmall" || /policy/i.test(message) || /^InvalidPolicy/.test(code)) return "policy";
  if (code === "NoSuchUpload") return "expired";
  return status >= 500 ? "oss-failed" : "oss-refused";
}

/** What OSS said: `{kind, status, code, message, requestId, body}`. */
export function answerOf({status, text, xml, header}) {
  const [code, message] = [xml("Error > Code"), xml("Error > Message")];
  return {
    kind: kindOf(status, code, message),
    status,
    code,
    message,
    requestId: xml("Error > RequestId") || header("x-oss-request-id") || "",
    body: text,
  };
}

/** Why there is no answer of OSS, in the same shape. */
export function answerOfFailure(failure) {
  if (failure instanceof StepRefused) return answerOf(failure.answer);
  if (failure instanceof Cancelled || failure.name === "AbortError") return {kind: "cancelled"};
  if (failure instanceof ConnectionLost) return {kind: "network"};
  if (failure instanceof Problem) {
    return failure.reason === "network" ? {kind: "server-away"} : {kind: "not-granted", problem: failure};
  }
  return {kind: failure.message === "etag-not-exposed" ? "etag-not-exposed" : "broken", message: failure.message};
}
