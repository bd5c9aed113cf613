-- The schema public, as PostgreSQL 15 and newer make it.

--- schema public | owner
ALTER SCHEMA public OWNER TO schema_writer;

--- nothing
DROP SCHEMA public;

--- nothing
ALTER SCHEMA public OWNER TO schema_writer;
ALTER SCHEMA public OWNER TO pg_database_owner;
