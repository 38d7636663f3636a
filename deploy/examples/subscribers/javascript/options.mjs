// The command line.
import { parseArgs } from 'node:util';

export const HELP = `Keeps a view of the objects that Quayside tells of, one line for each effect.

--bootstrap-servers HOST:PORT  where Kafka is (KAFKA_BOOTSTRAP_SERVERS, 127.0.0.1:9092)
--group NAME                   consumer group (KAFKA_GROUP_ID, example-javascript)
--view FILE                    the view (view.tsv)
--uploaded-topic NAME          oss.object.uploaded.v1
--thumbnailed-topic NAME       oss.object.thumbnailed.v1
--deleted-topic NAME           oss.object.deleted.v1
--bootstrap                    a group that is new begins with the state topic
--state-topic NAME             oss.object.state.v1
--state-group NAME             who writes it (quayside-state)
--public-key FILE              PEM; refuse what is not signed by its owner
--key-id ID                    the only key id accepted (any)
`;

// Throws a TypeError that says what is wrong.
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      'bootstrap-servers': { type: 'string', default: process.env.KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092' },
      group: { type: 'string', default: process.env.KAFKA_GROUP_ID ?? 'example-javascript' },
      view: { type: 'string', default: 'view.tsv' },
      'uploaded-topic': { type: 'string', default: 'oss.object.uploaded.v1' },
      'thumbnailed-topic': { type: 'string', default: 'oss.object.thumbnailed.v1' },
      'deleted-topic': { type: 'string', default: 'oss.object.deleted.v1' },
      bootstrap: { type: 'boolean', default: false },
      'state-topic': { type: 'string', default: 'oss.object.state.v1' },
      'state-group': { type: 'string', default: 'quayside-state' },
      'public-key': { type: 'string' },
      'key-id': { type: 'string' },
    },
  });
  return {
    help: values.help,
    brokers: values['bootstrap-servers'].split(','),
    group: values.group,
    view: values.view,
    eventTopics: [values['uploaded-topic'], values['thumbnailed-topic'], values['deleted-topic']],
    bootstrap: values.bootstrap,
    stateTopic: values['state-topic'],
    stateGroup: values['state-group'],
    publicKey: values['public-key'],
    keyId: values['key-id'],
  };
}
