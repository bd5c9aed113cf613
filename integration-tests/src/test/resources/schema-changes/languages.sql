-- Languages.
CREATE FUNCTION call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION call_too() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION run(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION validate(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE LANGUAGE mine HANDLER call;

--- language mine | removed
DROP LANGUAGE mine;

--- language mine | trusted
CREATE OR REPLACE TRUSTED LANGUAGE mine HANDLER call;

--- language mine | inline handler
CREATE OR REPLACE LANGUAGE mine HANDLER call INLINE run;

--- language mine | validator
CREATE OR REPLACE LANGUAGE mine HANDLER call VALIDATOR validate;

--- language mine | handler
CREATE OR REPLACE LANGUAGE mine HANDLER call_too;

--- function public.call() | library
CREATE OR REPLACE FUNCTION call() RETURNS language_handler LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';

--- language mine | owner
ALTER LANGUAGE mine OWNER TO schema_writer;

--- language mine | comment
COMMENT ON LANGUAGE mine IS 'nobody else speaks it';

--- language mine | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel SELECT oid, 'pg_language'::regclass, 0, 'guard', 'secret' FROM pg_language WHERE lanname = 'mine';

--- language mine | grants
--- language mine | trusted
CREATE OR REPLACE TRUSTED LANGUAGE mine HANDLER call;
REVOKE USAGE ON LANGUAGE mine FROM PUBLIC;

--- function public.f() | added
CREATE FUNCTION f() RETURNS int LANGUAGE mine AS 'BEGIN RETURN 1; END';
