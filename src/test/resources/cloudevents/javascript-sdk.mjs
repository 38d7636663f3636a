// What the CloudEvents SDK for JavaScript reads and writes. On standard input:
//   {"read": [{"headers": {}, "key": null, "value": "<base64>"}], "write": [{"mode": "binary", "event": {}}]}
// on standard output the same with events for records and records for events. Argument: a folder that has the SDK.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const { CloudEvent, Kafka } = createRequire(`${process.argv[2]}/`)('cloudevents');
const { read, write } = JSON.parse(await text(process.stdin));

// As somebody who uses kafkajs has to: header values as text, and data as bytes.
const events = read.map(({ headers, key, value }) =>
  Kafka.toEvent({ headers, key, value: Buffer.from(value, 'base64') }),
);

// Headers of attributes that are absent are undefined, and data is whatever it was.
const records = write.map(({ mode, event }) => {
  const { headers, key, value } = Kafka[mode](new CloudEvent(event));
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { headers: JSON.parse(JSON.stringify(headers)), key: key ?? null, value: bytes.toString('base64') };
});

process.stdout.write(JSON.stringify({ read: events, write: records }));
