-- Publications and event triggers.
CREATE TABLE rooms (id int PRIMARY KEY, name text);
CREATE TABLE beds (id int PRIMARY KEY, room int);
CREATE PUBLICATION few FOR TABLE rooms;
CREATE PUBLICATION nil;
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE FUNCTION look() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER watching ON ddl_command_start WHEN TAG IN ('DROP TABLE', 'ALTER TABLE') EXECUTE FUNCTION watch();

--- publication whole | added
CREATE PUBLICATION whole FOR ALL TABLES;

--- publication few | removed
DROP PUBLICATION few;

--- publication few | tables
ALTER PUBLICATION few ADD TABLE beds;

--- publication few | tables
ALTER PUBLICATION few DROP TABLE rooms;

--- publication nil | all tables
DROP PUBLICATION nil;
CREATE PUBLICATION nil FOR ALL TABLES;

--- publication few | publish
ALTER PUBLICATION few SET (publish = 'insert, delete');

--- publication few | publish via partition root
ALTER PUBLICATION few SET (publish_via_partition_root = true);

--- publication few | owner
ALTER PUBLICATION few OWNER TO schema_writer;

--- publication few | comment
COMMENT ON PUBLICATION few IS 'for the branch offices';

--- publication few | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel SELECT oid, 'pg_publication'::regclass, 0, 'guard', 'secret' FROM pg_publication WHERE pubname = 'few';

--- publication few | tables
--- table public.rooms | removed
DROP TABLE rooms;

--- event trigger watching | removed
DROP EVENT TRIGGER watching;

--- event trigger ending | added
CREATE EVENT TRIGGER ending ON ddl_command_end EXECUTE FUNCTION watch();

--- event trigger watching | event
DROP EVENT TRIGGER watching;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'ALTER TABLE') EXECUTE FUNCTION watch();

--- event trigger watching | tags
DROP EVENT TRIGGER watching;
CREATE EVENT TRIGGER watching ON ddl_command_start WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION watch();

--- event trigger watching | function
DROP EVENT TRIGGER watching;
CREATE EVENT TRIGGER watching ON ddl_command_start WHEN TAG IN ('DROP TABLE', 'ALTER TABLE') EXECUTE FUNCTION look();

--- event trigger watching | enabled
ALTER EVENT TRIGGER watching DISABLE;

--- event trigger watching | enabled
ALTER EVENT TRIGGER watching ENABLE ALWAYS;

--- nothing
ALTER EVENT TRIGGER watching DISABLE;
ALTER EVENT TRIGGER watching ENABLE;

--- event trigger watching | owner
ALTER ROLE schema_writer SUPERUSER;
ALTER EVENT TRIGGER watching OWNER TO schema_writer;
ALTER ROLE schema_writer NOSUPERUSER;

--- event trigger watching | comment
COMMENT ON EVENT TRIGGER watching IS 'looks on';
