-- What a later release may add, everywhere at once: to every table a column that older instances do not fill and one that
-- they do not know to be there, an index, and a table. No migration of the application: a test runs it beside them.
do $$
declare
  one record;
begin
  for one in
    select c.oid::regclass as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('catalog', 'search', 'timeline') and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('alter table %s add column later_required text not null default ''later''', one.name);
    execute format('alter table %s add column later_optional jsonb', one.name);
    execute format('create index on %s (later_required)', one.name);
  end loop;
end $$;

create table catalog.later (
  bucket text not null primary key
);
