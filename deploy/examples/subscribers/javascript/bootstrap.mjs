// The beginning of a subscriber that comes late: events are kept for some days, the state topic has the last of every
// object. When it breaks off it is begun anew; what it did then changes nothing.

// kafkajs reads and commits as a member of a group only.
async function asMember(kafka, groupId, topics, work) {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await work(consumer);
  } finally {
    await consumer.disconnect();
  }
}

// apply(topic, partition, messages) makes the effects of records of the state topic durable.
export async function bootstrap(kafka, admin, options, apply) {
  const committed = await admin.fetchOffsets({ groupId: options.group, topics: options.eventTopics });
  if (committed.some(({ partitions }) => partitions.some(({ offset }) => offset !== '-1'))) {
    console.error(`group ${options.group} has begun before: no bootstrap`);
    return;
  }
  // 1. How far the state topic is for certain. Before its end is looked up, not after.
  const positions = await positionsOfState(admin, options);
  // 2. The state, from the beginning to the present end.
  const ends = await admin.fetchTopicOffsets(options.stateTopic);
  // A group without members and positions, as this one soon is, Kafka forgets by itself.
  const groupId = `${options.group}-bootstrap-${process.pid}`;
  await asMember(kafka, groupId, [options.stateTopic], (consumer) => readTo(ends, consumer, apply));
  // 3. The events, from where the first step found the state. The fences hold back the older ones.
  await asMember(kafka, options.group, options.eventTopics, async (consumer) => {
    // What it gets meanwhile is thrown away. admin.setOffsets() would wait for a record of each topic.
    await consumer.run({ autoCommit: false, eachBatch: async () => {} });
    await consumer.commitOffsets(positions);
  });
}

async function positionsOfState(admin, { stateGroup, eventTopics }) {
  const positions = [];
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId: stateGroup, topics: eventTopics })) {
    const earliest = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => [partition, low]));
    partitions.forEach(({ partition, offset }) =>
      positions.push({ topic, partition, offset: offset === '-1' ? earliest.get(partition) : offset }),
    );
  }
  return positions;
}

async function readTo(ends, consumer, apply) {
  const unread = new Map(ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, high]));
  if (unread.size === 0) return;
  await new Promise((done, failed) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
    const eachBatch = async ({ batch: { topic, partition, messages } }) => {
      apply(topic, partition, messages);
      if (BigInt(messages.at(-1).offset) + 1n >= BigInt(unread.get(partition) ?? 0)) unread.delete(partition);
      if (unread.size === 0) done();
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(failed);
  });
}
