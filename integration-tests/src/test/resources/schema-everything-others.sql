-- Nearly every kind of object that is no relation and not in or on one.
CREATE SCHEMA kit AUTHORIZATION schema_writer;
COMMENT ON SCHEMA kit IS 'tools';
GRANT USAGE ON SCHEMA kit TO schema_reader;
GRANT CREATE ON SCHEMA public TO schema_writer;
COMMENT ON SCHEMA public IS 'everybody''s';
CREATE EXTENSION citext SCHEMA kit;
COMMENT ON EXTENSION citext IS 'as you like it';

CREATE TYPE kit.size AS ENUM ('small', 'large');
ALTER TYPE kit.size ADD VALUE 'medium' BEFORE 'large';
ALTER TYPE kit.size OWNER TO schema_writer;
CREATE TYPE kit."Pair" AS (x int, y text COLLATE "C");
COMMENT ON TYPE kit."Pair" IS 'two';
COMMENT ON COLUMN kit."Pair".y IS 'the second';
REVOKE USAGE ON TYPE kit."Pair" FROM PUBLIC;
CREATE FUNCTION kit.diff(a float8, b float8) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 - $2';
CREATE TYPE kit.stretch AS RANGE (subtype = float8, subtype_diff = kit.diff, multirange_type_name = kit.stretches);
CREATE TYPE kit.words AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");
CREATE TYPE kit.pending;
CREATE TYPE kit.raw;
CREATE FUNCTION kit.raw_in(cstring) RETURNS kit.raw LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION kit.raw_out(kit.raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE kit.raw (INPUT = kit.raw_in, OUTPUT = kit.raw_out, STORAGE = extended, CATEGORY = 'X', DEFAULT = 'none', DELIMITER = ';');
CREATE DOMAIN kit.score AS int DEFAULT 1 + 1 NOT NULL CONSTRAINT fair CHECK (VALUE < 100);
ALTER DOMAIN kit.score ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
COMMENT ON CONSTRAINT fair ON DOMAIN kit.score IS 'no cheating';
CREATE DOMAIN kit.label AS varchar(10) COLLATE "C" DEFAULT 'x';
GRANT USAGE ON DOMAIN kit.label TO schema_reader;

CREATE FUNCTION kit.upto(n int DEFAULT 3, OUT i int, VARIADIC rest text[] DEFAULT '{}') RETURNS SETOF int LANGUAGE sql STABLE
    PARALLEL SAFE ROWS 10 COST 5 SET work_mem = '1MB' SET search_path = kit, pg_temp AS 'SELECT generate_series(1, n)';
CREATE FUNCTION kit.half(n int) RETURNS int LANGUAGE sql STRICT LEAKPROOF SECURITY DEFINER RETURN n / 2;
CREATE FUNCTION kit.ranked() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_rank';
CREATE PROCEDURE kit.tidy(INOUT days int) LANGUAGE plpgsql AS $$BEGIN days := days + 1; END$$;
COMMENT ON PROCEDURE kit.tidy(int) IS 'nightly';
REVOKE EXECUTE ON PROCEDURE kit.tidy(int) FROM PUBLIC;
CREATE FUNCTION kit.add(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION kit.subtract(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE FUNCTION kit.finish(state int, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE kit.total(int) (SFUNC = kit.add, STYPE = int, SSPACE = 16, INITCOND = '0', COMBINEFUNC = kit.add, PARALLEL = safe,
    MSFUNC = kit.add, MINVFUNC = kit.subtract, MSTYPE = int, FINALFUNC = kit.finish, FINALFUNC_EXTRA, FINALFUNC_MODIFY = shareable);
CREATE AGGREGATE kit.middle(ORDER BY int) (SFUNC = kit.add, STYPE = int);
COMMENT ON AGGREGATE kit.total(int) IS 'adds up';
GRANT EXECUTE ON FUNCTION kit.total(int) TO schema_reader WITH GRANT OPTION;
ALTER AGGREGATE kit.total(int) OWNER TO schema_writer;

CREATE FUNCTION kit.near(a int, b int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT abs(a - b) < 2';
CREATE FUNCTION kit.compare(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a - b';
CREATE FUNCTION kit.compare(a int, b bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (a - b)::int';
CREATE OPERATOR kit.~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = kit.near, COMMUTATOR = OPERATOR(kit.~~~), NEGATOR = OPERATOR(kit.!~~~),
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR kit.!~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = kit.near, NEGATOR = OPERATOR(kit.~~~));
COMMENT ON OPERATOR kit.~~~ (int, int) IS 'nearly the same';
CREATE OPERATOR FAMILY kit.odd USING btree;
CREATE OPERATOR CLASS kit.odd_ints FOR TYPE int USING btree FAMILY kit.odd AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 kit.compare(int, int);
ALTER OPERATOR FAMILY kit.odd USING btree ADD OPERATOR 3 = (int, bigint), FUNCTION 1 (int, bigint) kit.compare(int, bigint);
CREATE OPERATOR FAMILY kit.strange USING gist;
CREATE OPERATOR CLASS kit.spots FOR TYPE point USING gist FAMILY kit.strange AS OPERATOR 1 <<, STORAGE box;
ALTER OPERATOR FAMILY kit.strange USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops;
CREATE FUNCTION kit.to_text(kit."Pair") RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.y';
CREATE CAST (kit."Pair" AS text) WITH FUNCTION kit.to_text(kit."Pair") AS ASSIGNMENT;
CREATE CAST (kit."Pair" AS varchar) WITH INOUT;
COMMENT ON CAST (kit."Pair" AS text) IS 'only y';
CREATE CONVERSION kit.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE COLLATION kit.plain (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE ACCESS METHOD heap3 TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD heap3 IS 'a third name';
CREATE FUNCTION kit.call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION kit.run(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION kit.validate(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE mine HANDLER kit.call INLINE kit.run VALIDATOR kit.validate;
GRANT USAGE ON LANGUAGE mine TO schema_reader;
CREATE FUNCTION kit.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'array_agg_finalfn';
CREATE TRANSFORM FOR kit."Pair" LANGUAGE plpgsql (FROM SQL WITH FUNCTION kit.from_sql(internal));

CREATE TEXT SEARCH TEMPLATE kit.words (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY kit.plain (TEMPLATE = kit.words, StopWords = 'english');
CREATE TEXT SEARCH PARSER kit.cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype,
    HEADLINE = prsd_headline);
CREATE TEXT SEARCH CONFIGURATION kit.notes (PARSER = kit.cutter);
ALTER TEXT SEARCH CONFIGURATION kit.notes ADD MAPPING FOR word, asciiword WITH kit.plain, english_stem;
COMMENT ON TEXT SEARCH CONFIGURATION kit.notes IS 'what was said';

CREATE FOREIGN DATA WRAPPER wire VALIDATOR postgresql_fdw_validator;
GRANT USAGE ON FOREIGN DATA WRAPPER wire TO schema_writer;
CREATE SERVER hills TYPE 'db' VERSION '1' FOREIGN DATA WRAPPER wire OPTIONS (host 'example.org', port '5432');
CREATE USER MAPPING FOR schema_reader SERVER hills OPTIONS ("user" 'bob', password 'mapped');
CREATE USER MAPPING FOR PUBLIC SERVER hills;

CREATE TABLE kit.parts (id int PRIMARY KEY, "Name" text);
CREATE PUBLICATION tables FOR TABLE kit.parts WITH (publish = 'insert', publish_via_partition_root = true);
CREATE PUBLICATION whole FOR ALL TABLES;
ALTER PUBLICATION tables OWNER TO schema_writer;
CREATE FUNCTION kit.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'ALTER TABLE') EXECUTE FUNCTION kit.watch();
ALTER EVENT TRIGGER watching ENABLE ALWAYS;

ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer IN SCHEMA kit GRANT SELECT ON TABLES TO schema_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE schema_writer REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO schema_reader;
GRANT SELECT (rolname) ON pg_authid TO schema_reader;
REVOKE EXECUTE ON FUNCTION kit.citext(boolean) FROM PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
