-- Operators, families, classes, casts, conversions, collations, languages, access methods, transforms.
CREATE FUNCTION near(a int, b int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT abs(a - b) < 2';
CREATE FUNCTION far(a int, b int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT abs(a - b) > 9';
CREATE FUNCTION compare(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a - b';
CREATE FUNCTION compare(a int, b bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (a - b)::int';
CREATE OPERATOR ~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = near);
CREATE OPERATOR !~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = far);
CREATE OPERATOR FAMILY odd USING btree;
CREATE OPERATOR CLASS odd_ints FOR TYPE int USING btree FAMILY odd AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(int, int);
CREATE OPERATOR FAMILY strange USING gist;
CREATE TYPE point3 AS (x int, y int, z int);
CREATE FUNCTION to_text(point3) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.x::text';
CREATE CAST (point3 AS text) WITH FUNCTION to_text(point3);
CREATE CAST (point3 AS varchar) WITH INOUT;
CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE COLLATION plain (LOCALE = 'C');
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'array_agg_finalfn';
CREATE FUNCTION to_sql(internal) RETURNS point3 LANGUAGE internal IMMUTABLE AS 'record_recv';
CREATE TRANSFORM FOR point3 LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));

--- operator public.=~~(integer,integer) | added
CREATE OPERATOR =~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = near);

--- operator public.~~~(integer,integer) | removed
DROP OPERATOR ~~~ (int, int);

--- operator public.~~~(integer,integer) | function
DROP OPERATOR ~~~ (int, int);
CREATE OPERATOR ~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = far);

--- operator public.~~~(integer,integer) | commutator
--- operator public.~~~(integer,integer) | hashes
--- operator public.~~~(integer,integer) | merges
DROP OPERATOR ~~~ (int, int);
CREATE OPERATOR ~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = near, COMMUTATOR = ~~~, HASHES, MERGES);

--- operator public.~~~(integer,integer) | negator
--- operator public.!~~~(integer,integer) | negator
DROP OPERATOR ~~~ (int, int);
CREATE OPERATOR ~~~ (LEFTARG = int, RIGHTARG = int, FUNCTION = near, NEGATOR = !~~~);

--- operator public.~~~(integer,integer) | restrict
ALTER OPERATOR ~~~ (int, int) SET (RESTRICT = eqsel);

--- operator public.~~~(integer,integer) | join
ALTER OPERATOR ~~~ (int, int) SET (JOIN = eqjoinsel);

--- operator public.~~~(integer,integer) | owner
ALTER OPERATOR ~~~ (int, int) OWNER TO schema_writer;

--- operator public.~~~(integer,integer) | comment
COMMENT ON OPERATOR ~~~ (int, int) IS 'nearly the same';

--- operator family public.even USING btree | added
CREATE OPERATOR FAMILY even USING btree;

--- operator family public.odd USING btree | operators
--- operator family public.odd USING btree | functions
ALTER OPERATOR FAMILY odd USING btree ADD OPERATOR 3 = (int, bigint), FUNCTION 1 (int, bigint) compare(int, bigint);

--- operator family public.strange USING gist | operators
ALTER OPERATOR FAMILY strange USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops;

--- operator family public.odd USING btree | comment
COMMENT ON OPERATOR FAMILY odd USING btree IS 'for odd ones';

--- operator family public.odd USING btree | owner
ALTER OPERATOR FAMILY odd USING btree OWNER TO schema_writer;

--- operator family public.strange USING gist | removed
DROP OPERATOR FAMILY strange USING gist;

--- operator class public.odd_ints USING btree | removed
DROP OPERATOR CLASS odd_ints USING btree;

--- operator class public.odd_ints USING btree | operators
DROP OPERATOR CLASS odd_ints USING btree;
CREATE OPERATOR CLASS odd_ints FOR TYPE int USING btree FAMILY odd AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, FUNCTION 1 compare(int, int);

--- operator class public.odd_ints USING btree | functions
DROP OPERATOR CLASS odd_ints USING btree;
CREATE OPERATOR CLASS odd_ints FOR TYPE int USING btree FAMILY odd AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);

--- operator family public.odd_ints USING btree | added
--- operator class public.odd_ints USING btree | family
DROP OPERATOR CLASS odd_ints USING btree;
CREATE OPERATOR CLASS odd_ints FOR TYPE int USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(int, int);

--- operator class public.spots USING gist | added
--- operator family public.strange USING gist | operators
CREATE OPERATOR CLASS spots FOR TYPE point USING gist FAMILY strange AS OPERATOR 1 <<, STORAGE box;

--- operator class public.points USING btree | added
--- operator family public.odd USING btree | operators
CREATE OPERATOR CLASS points DEFAULT FOR TYPE point3 USING btree FAMILY odd AS OPERATOR 3 = (record, record);

--- operator class public.odd_ints USING btree | owner
ALTER OPERATOR CLASS odd_ints USING btree OWNER TO schema_writer;

--- operator class public.odd_ints USING btree | comment
COMMENT ON OPERATOR CLASS odd_ints USING btree IS 'ints, oddly';

--- cast (public.point3 AS pg_catalog.text) | removed
DROP CAST (point3 AS text);

--- cast (public.point3 AS pg_catalog.text) | context
DROP CAST (point3 AS text);
CREATE CAST (point3 AS text) WITH FUNCTION to_text(point3) AS ASSIGNMENT;

--- cast (public.point3 AS pg_catalog.text) | context
DROP CAST (point3 AS text);
CREATE CAST (point3 AS text) WITH FUNCTION to_text(point3) AS IMPLICIT;

--- cast (public.point3 AS pg_catalog.text) | method
DROP CAST (point3 AS text);
CREATE CAST (point3 AS text) WITH INOUT;

--- cast (public.point3 AS pg_catalog.text) | comment
COMMENT ON CAST (point3 AS text) IS 'only x';

--- cast (integer AS pg_catalog.inet) | added
--- function public.to_inet(integer) | added
CREATE FUNCTION to_inet(int) RETURNS inet LANGUAGE sql IMMUTABLE AS 'SELECT ''0.0.0.0''::inet + $1';
CREATE CAST (int AS inet) WITH FUNCTION to_inet(int);

--- conversion public.latin | removed
DROP CONVERSION latin;

--- conversion public.latin | default
DROP CONVERSION latin;
CREATE DEFAULT CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

--- conversion public.latin | destination
--- conversion public.latin | function
--- conversion public.latin | source
DROP CONVERSION latin;
CREATE CONVERSION latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;

--- conversion public.latin | owner
ALTER CONVERSION latin OWNER TO schema_writer;

--- conversion public.latin | comment
COMMENT ON CONVERSION latin IS 'for old files';

--- collation public.other | added
CREATE COLLATION other (LOCALE = 'POSIX');

--- collation public.plain | lc collate
DROP COLLATION plain;
CREATE COLLATION plain (LC_COLLATE = 'POSIX', LC_CTYPE = 'C');

--- collation public.plain | lc ctype
DROP COLLATION plain;
CREATE COLLATION plain (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

--- collation public.plain | owner
ALTER COLLATION plain OWNER TO schema_writer;

--- collation public.plain | comment
COMMENT ON COLLATION plain IS 'byte by byte';

--- access method heap2 | removed
DROP ACCESS METHOD heap2;

--- access method heap2 | handler
--- access method heap2 | type
DROP ACCESS METHOD heap2;
CREATE ACCESS METHOD heap2 TYPE INDEX HANDLER bthandler;

--- access method heap2 | comment
COMMENT ON ACCESS METHOD heap2 IS 'a second name';

--- language mine | added
CREATE LANGUAGE mine HANDLER plpgsql_call_handler;

--- transform for public.point3 language plpgsql | removed
DROP TRANSFORM FOR point3 LANGUAGE plpgsql;

--- transform for public.point3 language plpgsql | to sql
CREATE OR REPLACE TRANSFORM FOR point3 LANGUAGE plpgsql
    (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION to_sql(internal));

--- transform for public.point3 language plpgsql | from sql
--- transform for public.point3 language plpgsql | to sql
CREATE OR REPLACE TRANSFORM FOR point3 LANGUAGE plpgsql (TO SQL WITH FUNCTION to_sql(internal));

--- transform for public.point3 language plpgsql | comment
COMMENT ON TRANSFORM FOR point3 LANGUAGE plpgsql IS 'as a dict';
