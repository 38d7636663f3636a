// Applies every event once, whatever arrives twice, late or broken: first the effect is durable, then it is printed,
// then the position is committed. What comes again after a crash finds its identity and its fence in the view.
import kafkajs from 'kafkajs';
import { bootstrap } from './bootstrap.mjs';
import { readEffects, readState, Skipped } from './events.mjs';
import { HELP, parseOptions } from './options.mjs';
import { Refused, Signatures } from './signatures.mjs';
import { toLine, View } from './view.mjs';

const counts = { applied: 0, duplicate: 0, stale: 0, skipped: 0, refused: 0 };

function fail(message, code) {
  console.error(message);
  process.exit(code);
}

function optionsOrFail() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    return fail(`${error.message}; --help lists the options`, 2);
  }
}

function signaturesOrFail({ publicKey, keyId }) {
  try {
    return publicKey && Signatures.ofFile(publicKey, keyId);
  } catch {
    return fail(`--public-key ${publicKey} is no readable Ed25519 public key in PEM; --help lists the options`, 2);
  }
}

async function checkTopics(admin, options) {
  const known = await admin.listTopics();
  const needed = options.bootstrap ? [...options.eventTopics, options.stateTopic] : options.eventTopics;
  const missing = needed.filter((topic) => !known.includes(topic));
  if (missing.length > 0) fail(`there is no topic ${missing}: start Quayside first, or name yours (--help)`, 2);
}

// On return what the messages come to is durable and printed.
function apply(view, readOne, topic, partition, messages) {
  const effects = [];
  for (const message of messages) {
    try {
      for (const effect of readOne(message)) {
        const verdict = view.admit(effect);
        counts[verdict]++;
        if (verdict === 'applied') effects.push(effect);
      }
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Skipped)) throw error;
      const what = error instanceof Refused ? 'refused' : 'skipped';
      counts[what]++;
      console.error(`${what} ${topic}/${partition}/${message.offset}: ${error.message}`);
    }
  }
  if (effects.length > 0) {
    view.append(effects);
    process.stdout.write(effects.map((effect) => `${toLine(effect)}\n`).join(''));
  }
}

// kafkajs gives a batch once more after an error; by then the view would think that it knows it. So nothing goes on.
function applyOrDie(...batch) {
  try {
    apply(...batch);
  } catch (error) {
    fail(error.stack, 1);
  }
}

async function consume(kafka, options, view, signatures) {
  const admin = kafka.admin();
  await admin.connect();
  await checkTopics(admin, options);
  if (options.bootstrap) {
    const readOne = (message) => readState(message, signatures);
    await bootstrap(kafka, admin, options, (...batch) => applyOrDie(view, readOne, ...batch));
  }
  await admin.disconnect();

  const consumer = kafka.consumer({
    groupId: options.group,
    // What a dead process had is free for its successor after this time.
    sessionTimeout: 6000,
    heartbeatInterval: 1500,
    // It stops when the fetch under way has come back.
    maxWaitTimeInMs: 500,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: options.eventTopics, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch: { topic, partition, messages } }) => {
      applyOrDie(view, (message) => readEffects(message, signatures), topic, partition, messages);
      const offset = String(BigInt(messages.at(-1).offset) + 1n);
      await consumer.commitOffsets([{ topic, partition, offset }]);
    },
  });
  return consumer;
}

async function main() {
  const options = optionsOrFail();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const signatures = signaturesOrFail(options);
  // Below a warning kafkajs writes to standard output, which has the effects alone.
  const kafka = new kafkajs.Kafka({
    clientId: options.group,
    brokers: options.brokers,
    logLevel: kafkajs.logLevel.WARN,
  });
  const view = new View(options.view);
  const consumer = await consume(kafka, options, view, signatures).catch((error) =>
    fail(
      error.name === 'KafkaJSNumberOfRetriesExceeded'
        ? 'Kafka does not answer: is it running? --bootstrap-servers says where'
        : error.stack,
      1,
    ),
  );
  const stop = async () => {
    await consumer.disconnect();
    view.close();
    console.error(Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', '));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

await main();
