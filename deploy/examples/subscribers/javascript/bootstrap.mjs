// The beginning of a subscriber that comes late: events are kept for some days, the state topic has the last of every
// object. When it breaks off it is begun anew; what it did then changes nothing.

// apply(topic, partition, messages) makes the effects of records of the state topic durable.
export async function bootstrap(kafka, admin, options, apply) {
  const committed = await admin.fetchOffsets({ groupId: options.group, topics: options.eventTopics });
  if (committed.some(({ partitions }) => partitions.some(({ offset }) => offset !== '-1'))) {
    console.error(`group ${options.group} has begun before: no bootstrap`);
    return;
  }
  // 1. How far the state topic is for certain. Before its end is looked up, not after.
  const positions = await admin.fetchOffsets({ groupId: options.stateGroup, topics: options.eventTopics });
  // 2. The state, from the beginning to the present end.
  const ends = await admin.fetchTopicOffsets(options.stateTopic);
  await readTo(ends, kafka, admin, options, apply);
  // 3. The events, from where the first step found the state. The fences hold back the older ones.
  for (const { topic, partitions } of positions) {
    const begin = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => [partition, low]));
    await admin.setOffsets({
      groupId: options.group,
      topic,
      partitions: partitions.map(({ partition, offset }) => ({
        partition,
        offset: offset === '-1' ? begin.get(partition) : offset,
      })),
    });
  }
}

async function readTo(ends, kafka, admin, options, apply) {
  const unread = new Map(ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, high]));
  if (unread.size === 0) return;
  // kafkajs reads in a group only: in one of its own, which nobody needs afterwards.
  const groupId = `${options.group}-bootstrap-${process.pid}`;
  const consumer = kafka.consumer({ groupId });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: options.stateTopic, fromBeginning: true });
    await new Promise((done, failed) => {
      consumer.on('consumer.crash', ({ payload }) => failed(payload.error));
      consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          apply(batch.topic, batch.partition, batch.messages);
          if (BigInt(batch.lastOffset()) + 1n >= BigInt(unread.get(batch.partition) ?? 0)) unread.delete(batch.partition);
          if (unread.size === 0) done();
        },
      });
    });
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => {});
  }
}
