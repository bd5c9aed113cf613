-- Indexes and extended statistics.
CREATE TABLE rooms (id int, floor int, name text, tags int[], size numeric) WITH (fillfactor = 90);
CREATE INDEX rooms_name_idx ON rooms (name);
CREATE INDEX rooms_lower_idx ON rooms (lower(name), (floor + 1)) WHERE floor > 0;
CREATE UNIQUE INDEX rooms_floor_key ON rooms (floor);
CREATE INDEX rooms_size_idx ON rooms (size) WITH (fillfactor = 70);
COMMENT ON INDEX rooms_name_idx IS 'for the desk';
ALTER TABLE rooms CLUSTER ON rooms_size_idx;
ALTER INDEX rooms_lower_idx ALTER COLUMN 2 SET STATISTICS 300;
CREATE STATISTICS rooms_stat (dependencies) ON id, floor FROM rooms;
CREATE MATERIALIZED VIEW counted AS SELECT floor, count(*) AS rooms FROM rooms GROUP BY floor;

--- index public.rooms_id_idx | added
CREATE INDEX ON rooms (id);

--- index public.rooms_id_idx | added
CREATE INDEX CONCURRENTLY ON rooms (id);

--- index public.rooms_name_idx | removed
DROP INDEX rooms_name_idx;

--- index public.rooms_name_idx | removed
--- index public.by_name | added
ALTER INDEX rooms_name_idx RENAME TO by_name;

--- index public.counted_floor_idx | added
CREATE UNIQUE INDEX ON counted (floor);

--- index public.rooms_name_idx | definition
DROP INDEX rooms_name_idx;
CREATE INDEX rooms_name_idx ON rooms (name DESC NULLS LAST);
COMMENT ON INDEX rooms_name_idx IS 'for the desk';

--- index public.rooms_name_idx | definition
DROP INDEX rooms_name_idx;
CREATE INDEX rooms_name_idx ON rooms (name text_pattern_ops);
COMMENT ON INDEX rooms_name_idx IS 'for the desk';

--- index public.rooms_name_idx | definition
DROP INDEX rooms_name_idx;
CREATE INDEX rooms_name_idx ON rooms (name COLLATE "C");
COMMENT ON INDEX rooms_name_idx IS 'for the desk';

--- index public.rooms_name_idx | definition
DROP INDEX rooms_name_idx;
CREATE INDEX rooms_name_idx ON rooms (name) INCLUDE (id);
COMMENT ON INDEX rooms_name_idx IS 'for the desk';

--- index public.rooms_name_idx | definition
DROP INDEX rooms_name_idx;
CREATE INDEX rooms_name_idx ON rooms USING hash (name);
COMMENT ON INDEX rooms_name_idx IS 'for the desk';

--- index public.rooms_floor_key | definition
DROP INDEX rooms_floor_key;
CREATE INDEX rooms_floor_key ON rooms (floor);

--- index public.rooms_lower_idx | definition
DROP INDEX rooms_lower_idx;
CREATE INDEX rooms_lower_idx ON rooms (lower(name), (floor + 1)) WHERE floor > 1;
ALTER INDEX rooms_lower_idx ALTER COLUMN 2 SET STATISTICS 300;

--- index public.rooms_size_idx | definition
ALTER INDEX rooms_size_idx SET (fillfactor = 60);

--- index public.rooms_size_idx | definition
ALTER INDEX rooms_size_idx RESET (fillfactor);

--- index public.rooms_size_idx | clustered
ALTER TABLE rooms SET WITHOUT CLUSTER;

--- index public.rooms_size_idx | clustered
--- index public.rooms_name_idx | clustered
ALTER TABLE rooms CLUSTER ON rooms_name_idx;

--- index public.rooms_lower_idx | statistics
ALTER INDEX rooms_lower_idx ALTER COLUMN 2 SET STATISTICS 200;

--- index public.rooms_lower_idx | statistics
ALTER INDEX rooms_lower_idx ALTER COLUMN 1 SET STATISTICS 200;

--- index public.rooms_name_idx | tablespace
ALTER INDEX rooms_name_idx SET TABLESPACE schema_space;

--- index public.rooms_name_idx | comment
COMMENT ON INDEX rooms_name_idx IS 'for nobody';

--- index public.rooms_size_idx | comment
COMMENT ON INDEX rooms_size_idx IS 'by size';

--- nothing
REINDEX TABLE rooms;
CLUSTER rooms;

--- constraint rooms_floor_key on public.rooms | added
--- index public.rooms_floor_key | removed
ALTER TABLE rooms ADD CONSTRAINT rooms_floor_key UNIQUE USING INDEX rooms_floor_key;

--- statistics public.rooms_stat | removed
DROP STATISTICS rooms_stat;

--- statistics public.more | added
CREATE STATISTICS more (mcv) ON lower(name), floor FROM rooms;

--- statistics public.rooms_stat | definition
DROP STATISTICS rooms_stat;
CREATE STATISTICS rooms_stat (ndistinct, dependencies) ON id, floor FROM rooms;

--- statistics public.rooms_stat | statistics
ALTER STATISTICS rooms_stat SET STATISTICS 50;

--- statistics public.rooms_stat | owner
ALTER STATISTICS rooms_stat OWNER TO schema_writer;

--- statistics public.rooms_stat | comment
COMMENT ON STATISTICS rooms_stat IS 'they go together';
