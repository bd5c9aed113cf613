-- Types and domains.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (street text, town text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TYPE text_span AS RANGE (subtype = text);
CREATE FUNCTION span_diff(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE FUNCTION text_diff(text, text) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0';
CREATE DOMAIN score AS int DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
CREATE DOMAIN label AS varchar(10);
CREATE DOMAIN code AS varchar(20);
CREATE TYPE pending;
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION raw_out(raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION raw_send(raw) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE FUNCTION raw_recv(internal) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE FUNCTION raw_typmod_in(cstring[]) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION raw_typmod_out(int) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, STORAGE = extended);

--- type public.colour | added
CREATE TYPE colour AS ENUM ('red', 'green');

--- type public.mood | labels
ALTER TYPE mood ADD VALUE 'angry';

--- type public.mood | labels
ALTER TYPE mood ADD VALUE 'so-so' BEFORE 'happy';

--- type public.mood | labels
ALTER TYPE mood RENAME VALUE 'sad' TO 'glum';

--- type public.mood | labels
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('happy', 'sad');

--- nothing
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
DELETE FROM pg_enum WHERE false;
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('happy');
ALTER TYPE mood ADD VALUE 'sad' BEFORE 'happy';

--- type public.mood | category
--- type public.mood | labels
DROP TYPE mood;
CREATE TYPE mood;

--- type public.place | removed
DROP TYPE place;

--- column public.place.zip | added
ALTER TYPE place ADD ATTRIBUTE zip text;

--- column public.place.town | removed
ALTER TYPE place DROP ATTRIBUTE town;

--- column public.place.town | type
ALTER TYPE place ALTER ATTRIBUTE town TYPE varchar(30);

--- column public.place.town | collation
ALTER TYPE place ALTER ATTRIBUTE town TYPE text COLLATE "C";

--- column public.place.town | removed
--- column public.place.city | added
ALTER TYPE place RENAME ATTRIBUTE town TO city;

--- column public.place.town | comment
COMMENT ON COLUMN place.town IS 'without its district';

--- type public.place | column order
ALTER TYPE place DROP ATTRIBUTE street;
ALTER TYPE place ADD ATTRIBUTE street text;

--- type public.place | comment
COMMENT ON TYPE place IS 'where somebody lives';

--- type public.place | owner
ALTER TYPE place OWNER TO schema_writer;

--- type public.place | grants
REVOKE USAGE ON TYPE place FROM PUBLIC;

--- type public.mood | grants
GRANT USAGE ON TYPE mood TO schema_reader WITH GRANT OPTION;

--- nothing
GRANT USAGE ON TYPE mood TO schema_reader;
REVOKE USAGE ON TYPE mood FROM schema_reader;

--- type public.span | subtype
DROP TYPE span;
CREATE TYPE span AS RANGE (subtype = numeric);

--- type public.span | subtype diff
DROP TYPE span;
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = span_diff);

--- type public.text_span | collation
DROP TYPE text_span;
CREATE TYPE text_span AS RANGE (subtype = text, collation = "C");

--- type public.text_span | subtype opclass
DROP TYPE text_span;
CREATE TYPE text_span AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);

--- type public.span | multirange type
DROP TYPE span;
CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);

--- function public.canon(public.span) | added
--- type public.span | canonical
DROP TYPE span;
CREATE TYPE span;
CREATE FUNCTION canon(span) RETURNS span LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE span AS RANGE (subtype = float8, canonical = canon);

--- type public.pending | removed
DROP TYPE pending;

--- type public.pending | comment
COMMENT ON TYPE pending IS 'to be defined';

--- type public.raw | storage
ALTER TYPE raw SET (STORAGE = main);

--- type public.raw | send
ALTER TYPE raw SET (SEND = raw_send);

--- type public.raw | receive
ALTER TYPE raw SET (RECEIVE = raw_recv);

--- type public.raw | analyze
ALTER TYPE raw SET (ANALYZE = range_typanalyze);

--- type public.raw | typmod in
--- type public.raw | typmod out
ALTER TYPE raw SET (TYPMOD_IN = raw_typmod_in, TYPMOD_OUT = raw_typmod_out);

--- type public.raw | alignment
--- type public.raw | collatable
--- type public.raw | default
--- type public.raw | delimiter
--- type public.raw | element
--- type public.raw | preferred
--- type public.raw | subscript
--- type public.raw | type category
DROP TYPE raw CASCADE;
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION raw_out(raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION raw_send(raw) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE FUNCTION raw_recv(internal) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, STORAGE = extended, ALIGNMENT = double, COLLATABLE = true,
    DEFAULT = 'none', DELIMITER = ';', ELEMENT = text, SUBSCRIPT = raw_array_subscript_handler, CATEGORY = 'X', PREFERRED = true);

--- type public.raw | internal length
--- type public.raw | passed by value
--- type public.raw | storage
DROP TYPE raw CASCADE;
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION raw_out(raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION raw_send(raw) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE FUNCTION raw_recv(internal) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, INTERNALLENGTH = 4, PASSEDBYVALUE);

--- domain public.money | added
CREATE DOMAIN money AS numeric(12, 2);

--- domain public.score | type
DROP DOMAIN score;
CREATE DOMAIN score AS bigint DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);

--- domain public.score | default
ALTER DOMAIN score DROP DEFAULT;

--- domain public.score | default
ALTER DOMAIN score SET DEFAULT 1 + 1;

--- domain public.score | not null
ALTER DOMAIN score SET NOT NULL;

--- constraint positive on public.score | removed
ALTER DOMAIN score DROP CONSTRAINT positive;

--- constraint small on public.score | added
ALTER DOMAIN score ADD CONSTRAINT small CHECK (VALUE < 100);

--- constraint positive on public.score | definition
ALTER DOMAIN score DROP CONSTRAINT positive;
ALTER DOMAIN score ADD CONSTRAINT positive CHECK (VALUE >= 0) NOT VALID;

--- nothing
ALTER DOMAIN score DROP CONSTRAINT positive;
ALTER DOMAIN score ADD CONSTRAINT positive CHECK (VALUE >= 0) NOT VALID;
ALTER DOMAIN score VALIDATE CONSTRAINT positive;

--- constraint positive on public.score | comment
COMMENT ON CONSTRAINT positive ON DOMAIN score IS 'points are never lost';

--- domain public.label | collation
DROP DOMAIN label;
CREATE DOMAIN label AS varchar(10) COLLATE "C";

--- domain public.label | type
DROP DOMAIN label;
CREATE DOMAIN label AS varchar(11);

--- domain public.label | comment
COMMENT ON DOMAIN label IS 'on a door';

--- domain public.label | owner
ALTER DOMAIN label OWNER TO schema_writer;

--- domain public.label | grants
GRANT USAGE ON DOMAIN label TO schema_reader;

--- domain public.label | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('label'::regtype, 'pg_type'::regclass, 0, 'guard', 'secret');

--- type public.mood | security label
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('mood'::regtype, 'pg_type'::regclass, 0, 'guard', 'secret');
