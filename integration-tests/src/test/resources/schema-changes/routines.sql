-- Functions, procedures and aggregates.
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';
CREATE FUNCTION twice(n text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $1';
CREATE FUNCTION upto(n int, OUT i int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series(1, n)';
CREATE FUNCTION add(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION subtract(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE FUNCTION add(state bigint, n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION finish(state int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION finish(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION finish(state int, n int, m int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE PROCEDURE tidy(days int) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0');
CREATE AGGREGATE moving(int) (SFUNC = add, STYPE = int, MSFUNC = add, MINVFUNC = subtract, MSTYPE = int);
CREATE AGGREGATE middle(ORDER BY int) (SFUNC = add, STYPE = int, FINALFUNC = finish);
CREATE AGGREGATE average(bigint) (SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg);
CREATE AGGREGATE middle(int ORDER BY int) (SFUNC = add, STYPE = int, FINALFUNC = finish, FINALFUNC_EXTRA);
CREATE FUNCTION ranked() RETURNS bigint LANGUAGE internal IMMUTABLE AS 'window_rank';

--- function public.thrice(integer) | added
CREATE FUNCTION thrice(n int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 3';

--- function public.twice(pg_catalog.text) | removed
DROP FUNCTION twice(text);

--- function public.twice(integer) | body
CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $1';

--- function public.twice(integer) | body
CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql RETURN n * 2;

--- function public.twice(integer) | arguments
CREATE OR REPLACE FUNCTION twice(n int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';

--- function public.twice(integer) | arguments
DROP FUNCTION twice(int);
CREATE FUNCTION twice(m int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';

--- function public.twice(integer) | result
DROP FUNCTION twice(int);
CREATE FUNCTION twice(n int) RETURNS bigint LANGUAGE sql AS 'SELECT $1 * 2';

--- function public.twice(integer) | body
--- function public.twice(integer) | language
CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 2 * n; END';

--- function public.twice(integer) | volatility
ALTER FUNCTION twice(int) STABLE;

--- function public.twice(integer) | volatility
ALTER FUNCTION twice(int) IMMUTABLE;

--- function public.twice(integer) | strict
ALTER FUNCTION twice(int) STRICT;

--- function public.twice(integer) | security definer
ALTER FUNCTION twice(int) SECURITY DEFINER;

--- function public.twice(integer) | leakproof
ALTER FUNCTION twice(int) LEAKPROOF;

--- function public.twice(integer) | parallel
ALTER FUNCTION twice(int) PARALLEL SAFE;

--- function public.twice(integer) | parallel
ALTER FUNCTION twice(int) PARALLEL RESTRICTED;

--- function public.twice(integer) | cost
ALTER FUNCTION twice(int) COST 7;

--- function public.upto(integer) | rows
ALTER FUNCTION upto(int) ROWS 10;

--- function public.upto(integer) | support
ALTER FUNCTION upto(int) SUPPORT generate_series_int4_support;

--- function public.twice(integer) | settings
ALTER FUNCTION twice(int) SET work_mem = '1MB';

--- nothing
ALTER FUNCTION twice(int) COST 100;

--- function public.twice(integer) | owner
ALTER FUNCTION twice(int) OWNER TO schema_writer;

--- function public.twice(integer) | grants
REVOKE EXECUTE ON FUNCTION twice(int) FROM PUBLIC;

--- function public.twice(integer) | comment
COMMENT ON FUNCTION twice(int) IS 'doubles';

--- function public.twice(integer) | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('twice(int)'::regprocedure, 'pg_proc'::regclass, 0, 'guard', 'secret');

--- function public.ranked() | window
DROP FUNCTION ranked();
CREATE FUNCTION ranked() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_rank';

--- function other.twice(integer) | added
--- schema other | added
--- function public.twice(integer) | removed
CREATE SCHEMA other;
ALTER FUNCTION twice(int) SET SCHEMA other;

--- procedure public.tidy(integer) | body
CREATE OR REPLACE PROCEDURE tidy(days int) LANGUAGE sql AS 'SELECT 2';

--- procedure public.tidy(integer) | removed
--- function public.tidy(integer) | added
DROP PROCEDURE tidy(int);
CREATE FUNCTION tidy(days int) RETURNS int LANGUAGE sql AS 'SELECT 1';

--- procedure public.tidy(integer) | security definer
ALTER PROCEDURE tidy(int) SECURITY DEFINER;

--- procedure public.tidy(integer) | comment
COMMENT ON PROCEDURE tidy(int) IS 'nightly';

--- procedure public.tidy(integer) | grants
GRANT EXECUTE ON PROCEDURE tidy(int) TO schema_reader;

--- procedure public.tidy(integer) | owner
ALTER PROCEDURE tidy(int) OWNER TO schema_writer;

--- aggregate public.total(integer) | removed
DROP AGGREGATE total(int);

--- aggregate public.total(integer) | initcond
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '1');

--- aggregate public.total(integer) | stype
DROP AGGREGATE total(int);
CREATE AGGREGATE total(int) (SFUNC = add, STYPE = bigint, INITCOND = '0');

--- aggregate public.total(integer) | sfunc
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = subtract, STYPE = int, INITCOND = '0');

--- aggregate public.total(integer) | sspace
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0', SSPACE = 64);

--- aggregate public.total(integer) | finalfunc
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0', FINALFUNC = finish);

--- aggregate public.total(integer) | finalfunc
--- aggregate public.total(integer) | finalfunc extra
--- aggregate public.total(integer) | finalfunc modify
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0',
    FINALFUNC = finish, FINALFUNC_EXTRA, FINALFUNC_MODIFY = shareable);

--- aggregate public.middle(integer) | finalfunc modify
DROP AGGREGATE middle(int);
CREATE AGGREGATE middle(ORDER BY int) (SFUNC = add, STYPE = int, FINALFUNC = finish, FINALFUNC_MODIFY = read_only);

--- aggregate public.middle(integer,integer) | hypothetical
DROP AGGREGATE middle(int ORDER BY int);
CREATE AGGREGATE middle(int ORDER BY int) (SFUNC = add, STYPE = int, FINALFUNC = finish, FINALFUNC_EXTRA, HYPOTHETICAL);

--- aggregate public.total(integer) | combinefunc
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0', COMBINEFUNC = add);

--- aggregate public.average(bigint) | combinefunc
--- aggregate public.average(bigint) | deserialfunc
--- aggregate public.average(bigint) | serialfunc
CREATE OR REPLACE AGGREGATE average(bigint) (SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg,
    COMBINEFUNC = int8_avg_combine, SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize);

--- aggregate public.moving(integer) | mfinalfunc
CREATE OR REPLACE AGGREGATE moving(int) (SFUNC = add, STYPE = int, MSFUNC = add, MINVFUNC = subtract, MSTYPE = int, MFINALFUNC = finish);

--- aggregate public.moving(integer) | minitcond
--- aggregate public.moving(integer) | msspace
CREATE OR REPLACE AGGREGATE moving(int) (SFUNC = add, STYPE = int, MSFUNC = add, MINVFUNC = subtract, MSTYPE = int,
    MINITCOND = '5', MSSPACE = 32);

--- aggregate public.moving(integer) | minvfunc
--- aggregate public.moving(integer) | msfunc
--- aggregate public.moving(integer) | mstype
CREATE OR REPLACE AGGREGATE moving(int) (SFUNC = add, STYPE = int);

--- aggregate public.moving(integer) | mfinalfunc
--- aggregate public.moving(integer) | mfinalfunc extra
--- aggregate public.moving(integer) | mfinalfunc modify
CREATE OR REPLACE AGGREGATE moving(int) (SFUNC = add, STYPE = int, MSFUNC = add, MINVFUNC = subtract, MSTYPE = int,
    MFINALFUNC = finish, MFINALFUNC_EXTRA, MFINALFUNC_MODIFY = read_write);

--- aggregate public.total(integer) | sortop
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0', SORTOP = OPERATOR(pg_catalog.<));

--- aggregate public.total(integer) | parallel
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0', PARALLEL = safe);

--- aggregate public.total(integer) | comment
COMMENT ON AGGREGATE total(int) IS 'adds up';

--- aggregate public.total(integer) | owner
ALTER AGGREGATE total(int) OWNER TO schema_writer;

--- aggregate public.total(integer) | grants
REVOKE EXECUTE ON FUNCTION total(int) FROM PUBLIC;
