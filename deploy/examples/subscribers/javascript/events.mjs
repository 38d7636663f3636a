// Reads records with the CloudEvents SDK, which knows binary and structured mode.
import { Kafka as CloudEventsOnKafka } from 'cloudevents';
import { Refused } from './signatures.mjs';

const KINDS = {
  'io.quayside.object.uploaded.v1': 'uploaded',
  'io.quayside.object.thumbnailed.v1': 'thumbnailed',
  'io.quayside.object.deleted.v1': 'deleted',
};
const STATE = 'io.quayside.object.state.v1';
const LARGEST = 2n ** 63n - 1n;

// A record that is passed over. Reading it again gives the same result.
export class Skipped extends Error {}

// The effect of an event about an object, in an array.
export function readEffects(message, signatures) {
  const { event, object, sequence } = read(message, (type) => Object.hasOwn(KINDS, type), signatures);
  const kind = KINDS[event.type];
  const data = jsonObject(event.data);
  const detail = {
    uploaded: () => integer(data.size),
    thumbnailed: () => count(data.thumbnails),
    deleted: () => text(data.reason),
  }[kind]();
  return [{ kind, object, sequence, etag: text(data.etag), detail, source: event.source, id: event.id }];
}

// What a record of the state topic comes to: of the upload or deletion, and of the thumbnails.
export function readState(message, signatures) {
  // A deletion is a record without a value, of which the SDK would say that it is no event.
  const deleted = message.value === null;
  const { event, object, sequence } = read(
    deleted ? { ...message, value: Buffer.alloc(0) } : message,
    (type) => type === STATE,
    signatures,
  );
  const source = event.source;
  if (deleted) return [{ kind: 'deleted', object, sequence, etag: '-', detail: '-', source, id: '-' }];
  const data = jsonObject(event.data);
  const etag = text(data.etag);
  const effects = [
    { kind: 'uploaded', object, sequence, etag, detail: integer(data.size), source, id: text(data.uploadId) },
  ];
  if (data.thumbnails) {
    const { sequence, etag, thumbnails } = data.thumbnails;
    effects.push({
      kind: 'thumbnailed',
      object,
      sequence: number(sequence),
      etag: text(etag),
      detail: count(thumbnails),
      source,
      id: '-',
    });
  }
  return effects;
}

function read(message, isKnown, signatures) {
  // kafkajs gives Buffers, the SDK wants text.
  const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]));
  const key = message.key?.toString() ?? null;
  let sent, event;
  try {
    sent = asSent(headers, message.value);
    event = CloudEventsOnKafka.toEvent({ headers, key, value: message.value });
  } catch {
    throw new Skipped('it is no CloudEvent');
  }
  // For an id, a time or a version that is missing, the SDK makes one up.
  const { id, source, type, specversion } = sent.attributes;
  if (specversion !== '1.0' || [id, source, type].some((value) => text(value) === '-')) throw new Skipped('it is no CloudEvent 1.0');
  if (!isKnown(type)) throw new Skipped('its type is not known');
  if (signatures) checkSignature(signatures, sent, key);
  if (!key) throw new Skipped('it is about no object');
  return { event, object: key, sequence: number(event.sequence) };
}

// The attributes and the bytes of the data as they were sent: the SDK shortens times to milliseconds and takes the
// partition key from the record key, so what it gives is not what was signed.
function asSent(headers, value) {
  if (headers['content-type']?.startsWith('application/cloudevents+json')) {
    const attributes = JSON.parse(value);
    const base64 = attributes.data_base64;
    return { attributes, data: base64 ? Buffer.from(base64, 'base64') : dataAsSent(String(value)) };
  }
  const attributes = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('ce_'))
      .map(([name, text]) => [name.slice(3), text]),
  );
  return { attributes: { ...attributes, datacontenttype: headers['content-type'] }, data: value };
}

// The member `data` of a JSON object, as it stands there: what is signed are bytes.
function dataAsSent(envelope) {
  let depth = 0;
  let start = 0;
  let name;
  for (const { 0: token, index } of envelope.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g)) {
    if ('}]'.includes(token)) depth--;
    const endsMember = (depth === 1 && token === ',') || depth === 0;
    if (endsMember && name === '"data"') return Buffer.from(envelope.slice(start, index).trim());
    if (endsMember) name = undefined;
    else if (depth === 1 && name === undefined) name = token;
    else if (depth === 1 && token === ':') start = index + 1;
    if ('{['.includes(token)) depth++;
  }
  return Buffer.alloc(0);
}

function checkSignature(signatures, sent, key) {
  const signed = signatures.verify(sent);
  if (!signed.has('sequence')) throw new Refused('its sequence is not signed');
  // Nobody signs the record key, but it is the partition key, which is signed when there is one.
  if (key && key !== (signed.has('partitionkey') ? sent.attributes.partitionkey : undefined)) {
    throw new Refused('its key is not the signed one');
  }
}

function number(sequence) {
  if (/^[0-9]{1,19}$/.test(sequence) && BigInt(sequence) <= LARGEST) return BigInt(sequence);
  throw new Skipped('its sequence is no number of 64 bits');
}

function jsonObject(data) {
  if (data === null || typeof data !== 'object' || Array.isArray(data) || Buffer.isBuffer(data)) {
    throw new Skipped('its data is no JSON object');
  }
  return data;
}

function text(value) {
  return typeof value === 'string' && value !== '' ? value : '-';
}

function count(value) {
  return Array.isArray(value) ? String(value.length) : '-';
}

function integer(value) {
  return Number.isInteger(value) ? String(value) : '-';
}
