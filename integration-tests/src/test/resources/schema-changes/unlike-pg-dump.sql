-- Where a snapshot and pg_dump differ on purpose: docs/reference/schema.md says why.
CREATE TABLE rooms (id int, name text) WITH (fillfactor = 70, parallel_workers = 2);
GRANT SELECT ON rooms TO schema_reader;
GRANT SELECT ON rooms TO schema_writer;
ALTER TABLE rooms ALTER COLUMN id SET (n_distinct = 5, n_distinct_inherited = 6);

--- unlike pg_dump
--- index public.rooms_name_idx | added
CREATE INDEX rooms_name_idx ON rooms (name);
UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'rooms_name_idx'::regclass;

--- unlike pg_dump
--- nothing
ALTER TABLE rooms RESET (fillfactor);
ALTER TABLE rooms SET (fillfactor = 70);

--- unlike pg_dump
--- nothing
ALTER TABLE rooms ALTER COLUMN id RESET (n_distinct);
ALTER TABLE rooms ALTER COLUMN id SET (n_distinct = 5);

--- unlike pg_dump
--- nothing
REVOKE SELECT ON rooms FROM schema_reader;
GRANT SELECT ON rooms TO schema_reader;
