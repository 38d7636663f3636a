-- The placeholder of a picture, which the state of an object tells as its thumbnailing did.
alter table catalog.thumbnails add column thumb_hash text;
comment on column catalog.thumbnails.thumb_hash is 'ThumbHash of the original in base64; null when the event did not say, or came before this column';
