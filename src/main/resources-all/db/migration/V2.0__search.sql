-- The embedded search index. Owned by the search sink alone; nothing refers to it and it can be rebuilt from the topic.
-- Every text is compared byte by byte (collation "C"): names are names, and their order must not depend on the server.

-- Substrings of names. On a managed PostgreSQL the extension must be allowed for the migrating role.
create extension if not exists pg_trgm;

create schema search;

create table search.documents (
  bucket             text collate "C" not null,
  object_key         text collate "C" not null,
  version            bigint           not null,
  deleted            boolean          not null,
  etag               text collate "C",
  size_bytes         bigint,
  mime_type          text collate "C",
  media_type         text collate "C",
  image_width        integer,
  image_height       integer,
  image_format       text collate "C",
  uploaded_at        timestamptz,
  variables          jsonb,
  verification_level text collate "C",
  event_id           text collate "C",
  folded_key         text collate "C",
  words              tsvector,
  primary key (bucket, object_key),
  check (deleted or (uploaded_at is not null and variables is not null and verification_level is not null
    and event_id is not null and folded_key is not null and words is not null))
);

comment on table search.documents is 'One row per object: its newest known version, or that it is gone.';
comment on column search.documents.version is 'Sequence of the event that wrote the row; a change is applied only when newer.';
comment on column search.documents.deleted is 'Tombstone: kept for good, so that a late event does not bring the object back. Its other columns are null.';
comment on column search.documents.mime_type is 'Content-Type as stored with the object, parameters included.';
comment on column search.documents.media_type is 'mime_type without parameters, lower case; null when it is not a valid one.';
comment on column search.documents.uploaded_at is 'When the upload happened; with bucket and object_key the order of results.';
comment on column search.documents.variables is 'Custom variables of the upload, name to value.';
comment on column search.documents.verification_level is 'signature, grant or confirmed.';
comment on column search.documents.event_id is 'Id of the event that wrote the row.';
comment on column search.documents.folded_key is 'object_key without differences of case, accents and width, for substrings.';
comment on column search.documents.words is 'Words of object_key with their positions.';

create index documents_newest on search.documents (uploaded_at, bucket, object_key) where not deleted;
create index documents_newest_in_bucket on search.documents (bucket, uploaded_at, object_key) where not deleted;
create index documents_newest_of_type on search.documents (media_type, uploaded_at, bucket, object_key) where not deleted;
create index documents_words on search.documents using gin (words);
create index documents_substrings on search.documents using gin (folded_key gin_trgm_ops);
create index documents_variables on search.documents using gin (variables jsonb_path_ops);

create table search.thumbnails (
  bucket       text collate "C" not null,
  object_key   text collate "C" not null,
  etag         text collate "C" not null,
  version      bigint           not null,
  causation_id text collate "C",
  thumbnails   jsonb            not null,
  primary key (bucket, object_key, etag)
);

comment on table search.thumbnails is 'Thumbnails per version of an object. A row may precede its document; it is shown once it belongs to it.';
comment on column search.thumbnails.etag is 'ETag of the original; empty when it is not known.';
comment on column search.thumbnails.version is 'Sequence of the event that wrote the row; a change is applied only when newer.';
comment on column search.thumbnails.causation_id is 'Id of the upload event they were made for; ties them to a document without ETag.';
comment on column search.thumbnails.thumbnails is 'Array of {preset, bucket, key, mimeType, width, height, size} in preset order.';
