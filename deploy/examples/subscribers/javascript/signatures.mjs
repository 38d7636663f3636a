// Verifies events as the CloudEvents extension "Verifiable CloudEvents with DSSE" says, with one Ed25519 key.
// https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/verifiability.md
import crypto from 'node:crypto';
import fs from 'node:fs';

const PAYLOAD_TYPE = 'https://cloudevents.io/verifiability/dsse/v0.1';
const CONTEXT = ['id', 'source', 'specversion', 'type', 'datacontenttype', 'dataschema', 'subject'];
const NEVER_LISTED = [...CONTEXT, 'time', 'dssematerial'];
const TIMESTAMPS = ['time', 'recordedtime'];

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
    try {
      const envelope = JSON.parse(decode(attributes.dssematerial));
      const payload = decode(envelope.payload);
      const isByKey = (signature) => this.#isByKey(signature, payload);
      if (envelope.payloadType !== PAYLOAD_TYPE || !envelope.signatures.some(isByKey)) {
        throw new Refused('its signature is not by this key');
      }
      return check(JSON.parse(payload), attributes, data);
    } catch (error) {
      throw error instanceof Refused ? error : new Refused('its verification material is not readable');
    }
  }

  #isByKey(signature, payload) {
    if (this.#keyId !== undefined && signature.keyid !== this.#keyId) return false;
    const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
    return crypto.verify(null, Buffer.concat([Buffer.from(head), payload]), this.#key, decode(signature.sig));
  }
}

function check(material, attributes, data) {
  const { core, ext, signedextattrs: names = [] } = material;
  if (!Array.isArray(names) || 'ext' in material !== 'signedextattrs' in material) {
    throw new Refused('its verification material is not readable');
  }
  if (new Set(names).size < names.length || names.some((name) => NEVER_LISTED.includes(name))) {
    throw new Refused('it lists as signed what may not be listed');
  }
  const value = (name) => (TIMESTAMPS.includes(name) ? inUtc(attributes[name]) : String(attributes[name] ?? ''));
  if (!decode(core).equals(digest([...[...CONTEXT, 'time'].map(value), data]))) {
    throw new Refused('it is not what was signed');
  }
  if (ext !== undefined && !decode(ext).equals(digest(names.map(value)))) {
    throw new Refused('its extension attributes are not what was signed');
  }
  return new Set(names);
}

function digest(values) {
  return sha256(Buffer.concat(values.map(sha256)));
}

// In UTC and to the second, which is all that is signed of a time.
function inUtc(time) {
  return time ? new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') : '';
}

// Node takes both alphabets of Base64, and passes over what is in neither.
function decode(text) {
  return Buffer.from(text, 'base64');
}

function sha256(bytes) {
  return crypto.createHash('sha256').update(bytes).digest();
}
