-- The catalog: the newest known state of every object, one row each. It has a schema of its own so that no other sink
-- writes to it. Names are compared byte by byte (collate "C"): that is the order in which OSS lists keys, and what makes a
-- prefix one range of an index.

create schema catalog;
comment on schema catalog is 'The newest known state of every object in the buckets';

create table catalog.object (
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
  event_source       text not null,
  event_id           text not null,
  sequence           bigint not null,
  uploaded_at        timestamptz not null,
  recorded_at        timestamptz not null,
  updated_at         timestamptz not null default now(),
  constraint object_pk primary key (bucket, key),
  -- OSS: a bucket name has 3 to 63 characters, a key 1 to 1023 bytes. An index row holds at most about 2700 bytes, so these
  -- limits also keep every name indexable.
  constraint object_bucket_length check (octet_length(bucket) between 1 and 63),
  constraint object_key_length check (octet_length(key) between 1 and 1023)
);
-- order=newest, over everything and within one bucket. The key is in the index so that paging by (time, bucket, key) and
-- filtering by prefix need no row.
create index object_newest on catalog.object (uploaded_at, bucket, key);
create index object_bucket_newest on catalog.object (bucket, uploaded_at, key);

comment on table catalog.object is 'One row per object: the newest upload known, by sequence';
comment on column catalog.object.bucket is 'Bucket name';
comment on column catalog.object.key is 'Object key, decoded, exactly as OSS has it';
comment on column catalog.object.etag is 'ETag as OSS reports it, without quotation marks; null when the callback did not say';
comment on column catalog.object.size is 'Bytes; null when the callback did not say, like every nullable column here';
comment on column catalog.object.crc64 is 'CRC-64 of the object, an unsigned 64-bit decimal';
comment on column catalog.object.content_md5 is 'Base64 of the MD5 the uploader sent';
comment on column catalog.object.mime_type is 'Content-Type stored with the object';
comment on column catalog.object.image_width is 'Pixels, as OSS found out at the upload';
comment on column catalog.object.image_height is 'Pixels, as OSS found out at the upload';
comment on column catalog.object.image_format is 'Image format, as OSS found out at the upload';
comment on column catalog.object.operation is 'PutObject, PostObject or CompleteMultipartUpload';
comment on column catalog.object.request_id is 'OSS request id of the upload';
comment on column catalog.object.owner is 'Account id of the bucket owner; from an unsigned header';
comment on column catalog.object.requester is 'Account id of the uploader; from an unsigned header';
comment on column catalog.object.client_ip is 'Address of the uploader as OSS saw it; text, because a callback may say anything';
comment on column catalog.object.vpc_id is 'VPC of the uploader';
comment on column catalog.object.variables is 'Custom callback variables: an object of strings';
comment on column catalog.object.fields is 'Callback body fields that map to nothing: an object of strings';
comment on column catalog.object.verification_level is 'How far the event can be trusted: signature, grant or confirmed';
comment on column catalog.object.event_source is 'CloudEvents source of the event this state is from';
comment on column catalog.object.event_id is 'CloudEvents id of the event this state is from';
comment on column catalog.object.sequence is 'The fence, in microseconds since 1970: only an event with a greater one changes this row';
comment on column catalog.object.uploaded_at is 'When the upload happened, as far as known';
comment on column catalog.object.recorded_at is 'When Quayside received the event';
comment on column catalog.object.updated_at is 'When this row was last written, by the clock of the database';

create table catalog.thumbnails (
  bucket       text collate "C" not null,
  key          text collate "C" not null,
  etag         text,
  width        integer not null,
  height       integer not null,
  format       text not null,
  thumbnails   jsonb not null,
  causation_id text,
  event_source text not null,
  event_id     text not null,
  sequence     bigint not null,
  recorded_at  timestamptz not null,
  updated_at   timestamptz not null default now(),
  constraint thumbnails_pk primary key (bucket, key),
  constraint thumbnails_bucket_length check (octet_length(bucket) between 1 and 63),
  constraint thumbnails_key_length check (octet_length(key) between 1 and 1023)
);

comment on table catalog.thumbnails is
  'The newest known thumbnails of an object. No foreign key: they may be known before the object is. They belong to one version of it and are shown only while that version is the current one';
comment on column catalog.thumbnails.bucket is 'Bucket of the original';
comment on column catalog.thumbnails.key is 'Key of the original';
comment on column catalog.thumbnails.etag is 'ETag of the version they were made from';
comment on column catalog.thumbnails.width is 'Pixels of the original, after EXIF orientation';
comment on column catalog.thumbnails.height is 'Pixels of the original, after EXIF orientation';
comment on column catalog.thumbnails.format is 'Image format found in the bytes of the original';
comment on column catalog.thumbnails.thumbnails is 'Array of {preset, bucket, key, mimeType, width, height, size}, in preset order';
comment on column catalog.thumbnails.causation_id is 'Id of the upload event they were made for; tells the version when the callback gave no ETag';
comment on column catalog.thumbnails.event_source is 'CloudEvents source of the event this state is from';
comment on column catalog.thumbnails.event_id is 'CloudEvents id of the event this state is from';
comment on column catalog.thumbnails.sequence is 'The fence, in microseconds since 1970: only an event with a greater one changes this row';
comment on column catalog.thumbnails.recorded_at is 'When Quayside recorded the event';
comment on column catalog.thumbnails.updated_at is 'When this row was last written, by the clock of the database';

create table catalog.inbox (
  source      text collate "C" not null,
  id          text collate "C" not null,
  recorded_at timestamptz not null,
  constraint inbox_pk primary key (source, id)
);

comment on table catalog.inbox is 'The events already applied, or found to be stale; a second delivery of one changes nothing';
comment on column catalog.inbox.source is 'CloudEvents source';
comment on column catalog.inbox.id is 'CloudEvents id, unique within its source';
comment on column catalog.inbox.recorded_at is 'When Quayside received the event: from the event, so that every delivery of it agrees';
