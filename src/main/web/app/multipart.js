// An object in parts of 5 MiB or more, some at a time. What has arrived is remembered: after a lost connection only the
// missing parts are sent. Cancelling has OSS drop the parts.
import {post} from "./api.js";
import {Cancelled, send} from "./transfer.js";

const MIB = 1024 * 1024;
const PART = 5 * MIB;
/** More parts would make more requests, not faster ones; OSS takes 10,000. */
const MOST_PARTS = 1000;
const AT_ONCE = 3;

/** OSS refused a step; `answer` is what it said. */
export class StepRefused extends Error {
  constructor(answer) {
    super(`OSS answered ${answer.status}`);
    this.answer = answer;
  }
}

export function partSize(bytes) {
  return Math.max(PART, Math.ceil(bytes / MOST_PARTS / MIB) * MIB);
}

async function step(request) {
  const answer = await send(request);
  if (answer.status < 200 || answer.status > 299) throw new StepRefused(answer);
  return answer;
}

async function begin(grant, signal) {
  const answer = await step({method: "POST", url: grant.url, headers: grant.headers, signal});
  const uploadId = answer.xml("UploadId");
  if (!uploadId) throw new StepRefused(answer);
  return uploadId;
}

/** A multipart upload of one file, which can be gone on with: `run`, its one method for others, again after it failed. */
export class MultipartUpload {
  constructor(grant, file) {
    this.etags = new Map();
    this.uploadId = null;
    this.plan = null;
    this.grant = grant;
    this.file = file;
    this.partSize = partSize(file.size);
    this.parts = Math.max(1, Math.ceil(file.size / this.partSize));
  }

  /** Resolves with OSS's answer to the completion, which holds the callback's. */
  async run(progress, signal) {
    try {
      this.uploadId ??= await begin(this.grant, signal);
      this.plan = await this.planned(signal);
      await this.sendParts(progress, signal);
      return await this.complete(signal);
    } catch (failure) {
      if (failure instanceof Cancelled) this.abort();
      throw failure;
    }
  }

  async planned(signal) {
    const {token} = this.grant;
    const response = await post("/api/grants/parts", {token, uploadId: this.uploadId, parts: this.parts}, signal);
    return response.json();
  }

  bytes(number) {
    return this.file.slice((number - 1) * this.partSize, Math.min(number * this.partSize, this.file.size));
  }

  async sendParts(progress, signal) {
    const missing = this.plan.parts.filter(part => !this.etags.has(part.number));
    const under = new Map([...this.etags.keys()].map(number => [number, this.bytes(number).size]));
    const tell = (number, sent) => {
      under.set(number, sent);
      progress([...under.values()].reduce((sum, some) => sum + some, 0));
    };
    const group = new AbortController();
    const both = AbortSignal.any([signal, group.signal]);
    const work = async () => {
      for (let part = missing.shift(); part; part = missing.shift()) await this.sendPart(part, tell, both);
    };
    try {
      await Promise.all(Array.from({length: AT_ONCE}, work));
    } catch (failure) {
      group.abort();
      throw failure;
    }
  }

  async sendPart({number, url}, tell, signal) {
    const body = this.bytes(number);
    const answer = await step({method: "PUT", url, body, progress: sent => tell(number, Math.min(sent, body.size)), signal});
    const etag = answer.header("ETag");
    if (!etag) throw new Error("etag-not-exposed");
    this.etags.set(number, etag);
    tell(number, body.size);
  }

  // A blob without a type, as the signature knows no Content-Type but the ones it names.
  complete(signal) {
    const parts = [...this.etags].sort(([a], [b]) => a - b)
      .map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replace(/[<>&]/g, "")}</ETag></Part>`);
    const body = new Blob([`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`]);
    return send({method: "POST", ...this.plan.complete, body, signal});
  }

  abort() {
    if (!this.plan?.abort) return;
    const nobody = new AbortController().signal;
    send({method: "DELETE", url: this.plan.abort.url, headers: this.plan.abort.headers, signal: nobody}).catch(() => {
      // The bucket's lifecycle rule removes what is left.
    });
  }
}
