-- Schemas and extensions.
CREATE SCHEMA ward;
CREATE SCHEMA shelf;
CREATE EXTENSION citext SCHEMA shelf;

--- schema cellar | added
CREATE SCHEMA cellar;

--- schema ward | removed
DROP SCHEMA ward;

--- schema ward | owner
ALTER SCHEMA ward OWNER TO schema_writer;

--- schema ward | grants
GRANT USAGE, CREATE ON SCHEMA ward TO schema_reader;

--- schema ward | comment
COMMENT ON SCHEMA ward IS 'beds and rooms';

--- schema ward | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('ward'::regnamespace, 'pg_namespace'::regclass, 0, 'guard', 'secret');

--- schema public | grants
GRANT CREATE ON SCHEMA public TO schema_writer;

--- schema public | grants
REVOKE ALL ON SCHEMA public FROM PUBLIC;

--- schema public | comment
COMMENT ON SCHEMA public IS 'everybody''s';

--- schema public | comment
COMMENT ON SCHEMA public IS NULL;

--- extension pg_trgm | added
CREATE EXTENSION pg_trgm;

--- extension citext | removed
DROP EXTENSION citext;

--- extension citext | schema
ALTER EXTENSION citext SET SCHEMA ward;

--- extension citext | comment
COMMENT ON EXTENSION citext IS 'as you like it';

--- function ward.f() | added
CREATE FUNCTION ward.f() RETURNS int LANGUAGE sql AS 'SELECT 1';

--- nothing
CREATE FUNCTION ward.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER EXTENSION citext ADD FUNCTION ward.f();

--- nothing
COMMENT ON FUNCTION shelf.citext(inet) IS 'not ours';
CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
