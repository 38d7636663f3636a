-- Objects that are gone, uploads that contradict one another, and what a look at the bucket says about both.

alter table catalog.object
  add column state text not null default 'present',
  add column live_etag text,
  add column live_size bigint,
  add column disputed_at timestamptz,
  add constraint object_state check (state in ('present', 'deleted'));
comment on table catalog.object is 'One row per object: the newest upload known, by sequence, or that it is gone';
comment on column catalog.object.state is 'present, or deleted: a tombstone, kept so that a late upload does not bring the object back; what an upload says is null in it';
comment on column catalog.object.verification_level is 'How far the row can be trusted: signature, grant, or confirmed, when a HEAD on the bucket agreed on ETag and size';
comment on column catalog.object.live_etag is 'Of a disputed row: the ETag that the bucket has instead';
comment on column catalog.object.live_size is 'Of a disputed row: the size that the bucket has instead';
comment on column catalog.object.disputed_at is 'When a HEAD on the bucket disagreed with this row; null when none did';

-- Lists show what is there.
drop index catalog.object_newest;
drop index catalog.object_bucket_newest;
create index object_newest on catalog.object (uploaded_at, bucket, key) where state = 'present';
create index object_bucket_newest on catalog.object (bucket, uploaded_at, key) where state = 'present';

-- The thumbnails of an object that is gone are forgotten; the row remains as a fence.
alter table catalog.thumbnails
  alter column width drop not null,
  alter column height drop not null,
  alter column format drop not null;
comment on table catalog.thumbnails is
  'The newest known thumbnails of an object. No foreign key: they may be known before the object is. They belong to one version of it and are shown only while that version is the current one. When the object is gone an empty row remains as a fence';

create table catalog.rival (
  event_source       text collate "C" not null,
  event_id           text collate "C" not null,
  bucket             text collate "C" not null,
  key                text collate "C" not null,
  etag               text,
  size               bigint,
  crc64              text,
  content_md5        text,
  mime_type          text,
  image_width        integer,
  image_height       integer,
  image_format       text,
  operation          text,
  request_id         text,
  owner              text,
  requester          text,
  client_ip          text,
  vpc_id             text,
  variables          jsonb not null,
  fields             jsonb not null,
  verification_level text not null,
  sequence           bigint not null,
  uploaded_at        timestamptz not null,
  recorded_at        timestamptz not null,
  state              text not null,
  outcome            text not null default 'open',
  opened_at          timestamptz not null default now(),
  settled_at         timestamptz,
  constraint rival_pk primary key (event_source, event_id),
  constraint rival_outcome check (outcome in ('open', 'won', 'superseded', 'unsettled'))
);
create index rival_object on catalog.rival (bucket, key, sequence);

comment on table catalog.rival is
  'Events that contradict what the catalog holds for their object, so closely that their sequences decide nothing: a look at the bucket does. Columns as in catalog.object';
comment on column catalog.rival.event_source is 'CloudEvents source';
comment on column catalog.rival.event_id is 'CloudEvents id';
comment on column catalog.rival.bucket is 'Bucket name';
comment on column catalog.rival.key is 'Object key';
comment on column catalog.rival.etag is 'As in catalog.object';
comment on column catalog.rival.size is 'As in catalog.object';
comment on column catalog.rival.crc64 is 'As in catalog.object';
comment on column catalog.rival.content_md5 is 'As in catalog.object';
comment on column catalog.rival.mime_type is 'As in catalog.object';
comment on column catalog.rival.image_width is 'As in catalog.object';
comment on column catalog.rival.image_height is 'As in catalog.object';
comment on column catalog.rival.image_format is 'As in catalog.object';
comment on column catalog.rival.operation is 'As in catalog.object';
comment on column catalog.rival.request_id is 'As in catalog.object';
comment on column catalog.rival.owner is 'As in catalog.object';
comment on column catalog.rival.requester is 'As in catalog.object';
comment on column catalog.rival.client_ip is 'As in catalog.object';
comment on column catalog.rival.vpc_id is 'As in catalog.object';
comment on column catalog.rival.variables is 'As in catalog.object';
comment on column catalog.rival.fields is 'As in catalog.object';
comment on column catalog.rival.verification_level is 'As in catalog.object';
comment on column catalog.rival.sequence is 'As in catalog.object';
comment on column catalog.rival.uploaded_at is 'As in catalog.object';
comment on column catalog.rival.recorded_at is 'As in catalog.object';
comment on column catalog.rival.state is 'present for an upload, deleted for a deletion';
comment on column catalog.rival.outcome is 'open; won: the bucket has this version; superseded: it has another or none; unsettled: OSS refused to say, the greater sequence stands';
comment on column catalog.rival.opened_at is 'When the contradiction was seen';
comment on column catalog.rival.settled_at is 'When the bucket was asked';

create table catalog.settlement (
  bucket     text collate "C" not null,
  key        text collate "C" not null,
  reason     text not null,
  generation bigint not null default 1,
  attempts   integer not null default 0,
  due_at     timestamptz not null default now(),
  opened_at  timestamptz not null default now(),
  constraint settlement_pk primary key (bucket, key),
  constraint settlement_reason check (reason in ('conflict', 'confirm', 'reconcile'))
);
create index settlement_due on catalog.settlement (due_at);

comment on table catalog.settlement is 'Objects to be looked at in the bucket: a queue. A row goes when its object has been looked at';
comment on column catalog.settlement.bucket is 'Bucket name';
comment on column catalog.settlement.key is 'Object key';
comment on column catalog.settlement.reason is 'conflict: events contradict one another; reconcile: the bucket contradicts a row that is newer; confirm: to raise the level of trust';
comment on column catalog.settlement.generation is 'Grows when there is a new reason to look; a look that began before does not end the row';
comment on column catalog.settlement.attempts is 'How often it was begun since the last reason';
comment on column catalog.settlement.due_at is 'When to look; while somebody does, when to assume that he died';
comment on column catalog.settlement.opened_at is 'When it was entered';

create table catalog.reconcile_run (
  id           uuid not null,
  bucket       text collate "C" not null,
  prefix       text collate "C" not null,
  source       text not null,
  dry_run      boolean not null,
  rate         integer not null,
  state        text not null,
  last_key     text collate "C" not null default '',
  expected     bigint not null,
  counts       jsonb not null default '{}',
  samples      jsonb not null default '[]',
  error        text,
  started_at   timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  finished_at  timestamptz,
  constraint reconcile_run_pk primary key (id),
  constraint reconcile_run_state check (state in ('running', 'done', 'failed', 'stopped', 'abandoned'))
);
-- One at a time, whichever instance it runs on.
create unique index reconcile_run_one on catalog.reconcile_run ((true)) where state = 'running';

comment on table catalog.reconcile_run is 'Comparisons of a bucket with the catalog, finished and not; what one needs to go on where it stopped';
comment on column catalog.reconcile_run.id is 'Names the run in the management API';
comment on column catalog.reconcile_run.bucket is 'Bucket compared';
comment on column catalog.reconcile_run.prefix is 'Only keys that begin with it; empty for all';
comment on column catalog.reconcile_run.source is 'listing, or where the inventory is';
comment on column catalog.reconcile_run.dry_run is 'Nothing is published';
comment on column catalog.reconcile_run.rate is 'Differences repaired per second at most';
comment on column catalog.reconcile_run.state is 'running, done, failed, stopped (with its instance), abandoned (its instance died)';
comment on column catalog.reconcile_run.last_key is 'Everything up to and with this key is compared and repaired';
comment on column catalog.reconcile_run.expected is 'Objects that the catalog held at the start: a guess at the length of the way';
comment on column catalog.reconcile_run.counts is 'Object of numbers: compared, differences by kind, what became of them';
comment on column catalog.reconcile_run.samples is 'The first differences: array of {kind, key, bucket and catalog side}';
comment on column catalog.reconcile_run.error is 'Why it failed';
comment on column catalog.reconcile_run.started_at is 'When it began, or went on';
comment on column catalog.reconcile_run.heartbeat_at is 'Last sign of life';
comment on column catalog.reconcile_run.finished_at is 'When it ended';
