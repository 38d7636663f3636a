-- The timeline: what happened to each object. A schema of its own, as each sink has.

create schema timeline;
comment on schema timeline is 'What happened to each object in the buckets';

create table timeline.entry (
  bucket          text collate "C" not null,
  object_key      text collate "C" not null,
  at              timestamptz not null,
  topic           text collate "C" not null,
  kafka_partition integer not null,
  kafka_offset    bigint not null,
  item            integer not null,
  kind            text not null,
  outcome         text,
  sink            text,
  event_id        text,
  event_type      text,
  trace_id        text,
  details         jsonb not null,
  -- What makes an entry itself is the record and the place in it; object and time follow from these. They stand first so
  -- that this one index also gives the timeline of an object, in its order.
  constraint entry_pk primary key (bucket, object_key, at, topic, kafka_partition, kafka_offset, item)
);
-- For deletion by age: rows lie on disk about in the order of time, so a few kilobytes do.
create index entry_at on timeline.entry using brin (at);

comment on table timeline.entry is 'One row per thing that happened to an object; only added to, and deleted from by age';
comment on column timeline.entry.bucket is 'Bucket name';
comment on column timeline.entry.object_key is 'Object key, decoded, exactly as OSS has it';
comment on column timeline.entry.at is 'When it happened';
comment on column timeline.entry.topic is 'Topic of the record that told of it';
comment on column timeline.entry.kafka_partition is 'Partition of that record';
comment on column timeline.entry.kafka_offset is 'Offset of that record';
comment on column timeline.entry.item is 'Place within that record; 0 when the record is one thing';
comment on column timeline.entry.kind is 'event, effect, retry, dead-letter or redrive';
comment on column timeline.entry.outcome is 'Stable code: how the event came to be published, what it came to, or the cause of a failure';
comment on column timeline.entry.sink is 'The consumer concerned; null for events';
comment on column timeline.entry.event_id is 'CloudEvents id of the event concerned';
comment on column timeline.entry.event_type is 'CloudEvents type of the event concerned';
comment on column timeline.entry.trace_id is 'W3C trace id of the event concerned';
comment on column timeline.entry.details is 'What else there is to say, by kind: an object of strings';
