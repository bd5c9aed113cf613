-- Default privileges, and privileges on what is not ours.
CREATE SCHEMA ward;
CREATE EXTENSION citext;
CREATE EXTENSION pg_stat_statements;
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer IN SCHEMA ward GRANT SELECT ON TABLES TO schema_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

--- default privileges for role schema_writer in schema ward on tables | removed
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer IN SCHEMA ward REVOKE SELECT ON TABLES FROM schema_reader;

--- default privileges for role schema_writer in schema ward on tables | grants
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer IN SCHEMA ward GRANT INSERT ON TABLES TO schema_reader;

--- default privileges for role schema_writer on functions | removed
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

--- default privileges for role schema_writer on functions | grants
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer GRANT EXECUTE ON FUNCTIONS TO schema_reader;

--- default privileges for role schema_writer on sequences | added
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer GRANT USAGE ON SEQUENCES TO schema_reader;

--- default privileges for role schema_writer on types | added
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer REVOKE USAGE ON TYPES FROM PUBLIC;

--- default privileges for role schema_writer on schemas | added
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer GRANT USAGE ON SCHEMAS TO schema_reader;

--- default privileges for role schema_reader on tables | added
ALTER DEFAULT PRIVILEGES FOR ROLE schema_reader REVOKE ALL ON TABLES FROM schema_reader;

--- default privileges for role schema_writer in schema ward on tables | removed
--- schema ward | removed
DROP SCHEMA ward;

--- privileges function pg_catalog.pg_ls_dir(pg_catalog.text) | added
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO schema_reader;

--- privileges function pg_catalog.pg_sleep(double precision) | added
REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC;

--- privileges view pg_catalog.pg_user | added
REVOKE SELECT ON pg_user FROM PUBLIC;

--- privileges table pg_catalog.pg_authid | added
GRANT SELECT ON pg_authid TO schema_reader;

--- privileges table column pg_catalog.pg_authid.rolname | added
GRANT SELECT (rolname) ON pg_authid TO schema_reader;

--- privileges type pg_catalog.jsonb | added
REVOKE USAGE ON TYPE jsonb FROM PUBLIC;

--- privileges language plpgsql | added
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

--- privileges schema pg_catalog | added
GRANT CREATE ON SCHEMA pg_catalog TO schema_writer;

--- privileges aggregate pg_catalog.count(pg_catalog."any") | added
REVOKE EXECUTE ON FUNCTION count("any") FROM PUBLIC;

--- privileges function public.citext(boolean) | added
REVOKE EXECUTE ON FUNCTION citext(boolean) FROM PUBLIC;

--- privileges aggregate public.min(public.citext) | added
GRANT EXECUTE ON FUNCTION min(citext) TO schema_reader;

--- privileges view public.pg_stat_statements | added
REVOKE SELECT ON pg_stat_statements FROM PUBLIC;

--- privileges type public.citext | added
REVOKE USAGE ON TYPE citext FROM PUBLIC;

--- nothing
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO schema_reader;
REVOKE EXECUTE ON FUNCTION pg_ls_dir(text) FROM schema_reader;

--- nothing
REVOKE SELECT ON information_schema.tables FROM PUBLIC;

--- nothing
REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
