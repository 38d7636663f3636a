-- What the catalog learned of each object, version by version, and the means to forget by age.

-- The primary key serves the timeline of one object (bucket, key, sequence) and makes a second delivery of an event a
-- conflict even when the inbox has forgotten it: recorded_at and sequence are from the event. The source is not in it: it
-- begins with the bucket's owner and ends with the bucket, and with it a row of the index could be too long.
create table catalog.object_version (
  bucket             text collate "C" not null,
  key                text collate "C" not null,
  sequence           bigint not null,
  event_id           text collate "C" not null,
  recorded_at        timestamptz not null,
  event_source       text not null,
  kind               text not null,
  etag               text,
  size               bigint,
  mime_type          text,
  verification_level text not null,
  occurred_at        timestamptz not null,
  constraint object_version_pk primary key (bucket, key, sequence, event_id, recorded_at),
  constraint object_version_kind check (kind in ('uploaded', 'deleted'))
) partition by range (recorded_at);
-- What was learned in a span of time: rows lie on disk about in that order, so a few kilobytes do.
create index object_version_recorded_at on catalog.object_version using brin (recorded_at) with (autosummarize = on);

comment on table catalog.object_version is
  'Every version of every object that the catalog learned of, whether it is the newest or not; only added to. Partitioned by week of recorded_at, from Monday 00:00 UTC; the service makes partitions ahead and drops those older than quayside.catalog.history-retention';
comment on column catalog.object_version.bucket is 'Bucket name';
comment on column catalog.object_version.key is 'Object key, decoded, exactly as OSS has it';
comment on column catalog.object_version.sequence is 'Place in the order of the object''s events, in microseconds since 1970';
comment on column catalog.object_version.event_id is 'CloudEvents id of the event that told of it';
comment on column catalog.object_version.recorded_at is 'When Quayside received the event: from the event, so that every delivery of it agrees';
comment on column catalog.object_version.event_source is 'CloudEvents source of the event';
comment on column catalog.object_version.kind is 'uploaded, or deleted: the object was found to be gone';
comment on column catalog.object_version.etag is 'ETag as in catalog.object; null when the event did not say, and of a deletion';
comment on column catalog.object_version.size is 'Bytes; null as etag is';
comment on column catalog.object_version.mime_type is 'Content-Type stored with the object; null as etag is';
comment on column catalog.object_version.verification_level is 'How far the event could be trusted when it was learned: signature, grant or confirmed';
comment on column catalog.object_version.occurred_at is 'When the upload happened, as far as known, or when the object was found to be gone';

-- For times no partition is there for: a clock that is wrong, a replay of what is too old, a service that made none. No
-- event fails for want of a partition; the service deletes or moves what lands here.
create table catalog.object_version_other partition of catalog.object_version default;
comment on table catalog.object_version_other is 'Versions outside of all weeks; normally empty';

-- For deletion by age.
create index inbox_recorded_at on catalog.inbox using brin (recorded_at) with (autosummarize = on);
create index rival_age on catalog.rival ((coalesce(settled_at, opened_at)));
comment on table catalog.inbox is
  'The events already applied, or found to be stale; a second delivery of one changes nothing. Rows go after quayside.catalog.inbox-retention';
comment on table catalog.rival is
  'Events that contradict what the catalog holds for their object, so closely that their sequences decide nothing: a look at the bucket does. Columns as in catalog.object. Rows that are settled go after quayside.catalog.history-retention';
comment on table catalog.reconcile_run is
  'Comparisons of a bucket with the catalog, finished and not; what one needs to go on where it stopped. Those that ended go after quayside.catalog.history-retention';

-- A run is told to stop wherever it is under way: it looks at every checkpoint.
alter table catalog.reconcile_run add column stop_requested boolean not null default false;
comment on column catalog.reconcile_run.stop_requested is 'It shall end at its next checkpoint, as stopped; it can be resumed';
comment on column catalog.reconcile_run.state is 'running, done, failed, stopped (by request or with its instance), abandoned (its instance died)';
