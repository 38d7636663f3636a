-- The embedded search index. Owned by the search sink alone; nothing refers to it and it can be rebuilt from the topic.
-- Every text is compared byte by byte (collation "C"): names are names, and their order must not depend on the server.

-- Substrings of names. On a managed PostgreSQL the extension must be allowed for the migrating role.
create extension if not exists pg_trgm;

create table search_document (
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

comment on table search_document is 'One row per object: its newest known version, or that it is gone.';
comment on column search_document.version is 'Sequence of the event that wrote the row; a change is applied only when newer.';
comment on column search_document.deleted is 'Tombstone: kept for good, so that a late event does not bring the object back. Its other columns are null.';
comment on column search_document.mime_type is 'Content-Type as stored with the object, parameters included.';
comment on column search_document.media_type is 'mime_type without parameters, lower case; null when it is not a valid one.';
comment on column search_document.uploaded_at is 'When the upload happened; with bucket and object_key the order of results.';
comment on column search_document.variables is 'Custom variables of the upload, name to value.';
comment on column search_document.verification_level is 'signature, grant or confirmed.';
comment on column search_document.event_id is 'Id of the event that wrote the row.';
comment on column search_document.folded_key is 'object_key without differences of case, accents and width, for substrings.';
comment on column search_document.words is 'Words of object_key with their positions.';

create index search_document_newest on search_document (uploaded_at, bucket, object_key) where not deleted;
create index search_document_newest_in_bucket on search_document (bucket, uploaded_at, object_key) where not deleted;
create index search_document_newest_of_type on search_document (media_type, uploaded_at, bucket, object_key) where not deleted;
create index search_document_words on search_document using gin (words);
create index search_document_substrings on search_document using gin (folded_key gin_trgm_ops);
create index search_document_variables on search_document using gin (variables jsonb_path_ops);

create table search_thumbnails (
  bucket     text collate "C" not null,
  object_key text collate "C" not null,
  etag       text collate "C" not null,
  version    bigint           not null,
  thumbnails jsonb            not null,
  primary key (bucket, object_key, etag)
);

comment on table search_thumbnails is 'Thumbnails per version of an object. A row may precede its document; it is shown once their ETags agree.';
comment on column search_thumbnails.etag is 'ETag of the original; empty when it is not known.';
comment on column search_thumbnails.version is 'Sequence of the event that wrote the row; a change is applied only when newer.';
comment on column search_thumbnails.thumbnails is 'Array of {preset, bucket, key, mimeType, width, height, size} in preset order.';
