// Verifies events as the CloudEvents extension "Verifiable CloudEvents with DSSE" says, with one Ed25519 key.
// https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/verifiability.md
import crypto from 'node:crypto';
import fs from 'node:fs';

const PAYLOAD_TYPE = 'https://cloudevents.io/verifiability/dsse/v0.1';
const CONTEXT = ['id', 'source', 'specversion', 'type', 'datacontenttype', 'dataschema', 'subject'];
const NEVER_LISTED = [...CONTEXT, 'time', 'dssematerial', 'signedextattrs'];

// A record that is passed over because its signature does not prove where it comes from.
export class Refused extends Error {}

export class Signatures {
  #key;
  #keyId;

  // The key id is the only one accepted, undefined for any: the id is a hint, the key proves.
  constructor(pem, keyId) {
    this.#key = crypto.createPublicKey(pem);
    if (this.#key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
    this.#keyId = keyId;
  }

  static ofFile(path, keyId) {
    return new Signatures(fs.readFileSync(path), keyId);
  }

  // The names of the extension attributes that are signed; besides them, the context attributes and the data are.
  // Throws Refused unless the event is as the holder of the key signed it.
  verify({ attributes, data }) {
    if (!attributes.dssematerial) throw new Refused('it is not signed');
    let envelope, payload;
    try {
      envelope = JSON.parse(decode(attributes.dssematerial));
      payload = decode(envelope.payload);
    } catch {
      throw new Refused('its verification material is not readable');
    }
    const candidates = Array.isArray(envelope.signatures) ? envelope.signatures : [];
    if (envelope.payloadType !== PAYLOAD_TYPE || !candidates.some((candidate) => this.#isByKey(candidate, payload))) {
      throw new Refused('its signature is not by this key');
    }
    const names = signedNames(attributes);
    if (!payload.equals(digest(attributes, data, names))) throw new Refused('it is not what was signed');
    return new Set(names);
  }

  #isByKey(candidate, payload) {
    if (typeof candidate?.sig !== 'string' || (this.#keyId !== undefined && candidate.keyid !== this.#keyId)) {
      return false;
    }
    const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
    return crypto.verify(null, Buffer.concat([Buffer.from(head), payload]), this.#key, decode(candidate.sig));
  }
}

function signedNames(attributes) {
  const names = attributes.signedextattrs ? attributes.signedextattrs.split(',') : [];
  if (new Set(names).size < names.length || names.some((name) => NEVER_LISTED.includes(name))) {
    throw new Refused('it lists as signed what may not be listed');
  }
  return names;
}

function digest(attributes, data, names) {
  const digests = CONTEXT.map((name) => sha256(attributes[name] ?? ''));
  digests.push(sha256(inUtc(attributes.time)), sha256(data));
  names.forEach((name) => digests.push(sha256(name), sha256(String(attributes[name] ?? ''))));
  return sha256(Buffer.concat(digests));
}

// In UTC and to the second, which is all that is signed of a time.
function inUtc(time) {
  return time ? new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') : '';
}

// Node takes both alphabets of Base64.
function decode(text) {
  return Buffer.from(text, 'base64');
}

function sha256(bytes) {
  return crypto.createHash('sha256').update(bytes).digest();
}
