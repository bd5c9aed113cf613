-- Foreign tables.
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.example', dbname 'd');
CREATE SERVER farther FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'farther.example', dbname 'd');
CREATE FOREIGN TABLE lines (id int NOT NULL, line text) SERVER files OPTIONS (filename '/tmp/lines.csv', format 'csv');
CREATE FOREIGN TABLE remote (id int OPTIONS (column_name 'nr'), name text COLLATE "C") SERVER far
    OPTIONS (schema_name 's', table_name 't');
COMMENT ON FOREIGN TABLE remote IS 'over there';
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';

--- foreign table public.more | added
CREATE FOREIGN TABLE more (id int) SERVER far;

--- foreign table public.lines | removed
DROP FOREIGN TABLE lines;

--- foreign table public.lines | foreign options
ALTER FOREIGN TABLE lines OPTIONS (SET filename '/tmp/others.csv');

--- foreign table public.remote | foreign options
ALTER FOREIGN TABLE remote OPTIONS (ADD fetch_size '50');

--- foreign table public.remote | foreign options
ALTER FOREIGN TABLE remote OPTIONS (DROP schema_name);

--- column public.remote.id | foreign options
ALTER FOREIGN TABLE remote ALTER COLUMN id OPTIONS (SET column_name 'number');

--- column public.remote.name | foreign options
ALTER FOREIGN TABLE remote ALTER COLUMN name OPTIONS (ADD column_name 'n');

--- column public.remote.id | foreign options
ALTER FOREIGN TABLE remote ALTER COLUMN id OPTIONS (DROP column_name);

--- foreign table public.remote | server
DROP FOREIGN TABLE remote;
CREATE FOREIGN TABLE remote (id int OPTIONS (column_name 'nr'), name text COLLATE "C") SERVER farther
    OPTIONS (schema_name 's', table_name 't');
COMMENT ON FOREIGN TABLE remote IS 'over there';

--- foreign table public.remote | comment
COMMENT ON FOREIGN TABLE remote IS NULL;

--- foreign table public.remote | owner
ALTER FOREIGN TABLE remote OWNER TO schema_writer;

--- foreign table public.remote | grants
GRANT SELECT ON remote TO schema_reader;

--- column public.lines.id | not null
ALTER FOREIGN TABLE lines ALTER COLUMN id DROP NOT NULL;

--- constraint positive on public.lines | added
ALTER FOREIGN TABLE lines ADD CONSTRAINT positive CHECK (id > 0);

--- column public.remote.more | added
ALTER FOREIGN TABLE remote ADD COLUMN more int;

--- column public.remote.name | default
ALTER FOREIGN TABLE remote ALTER COLUMN name SET DEFAULT 'x';

--- column public.remote.name | statistics
ALTER FOREIGN TABLE remote ALTER COLUMN name SET STATISTICS 30;

--- trigger noting on public.remote | added
CREATE TRIGGER noting BEFORE INSERT ON remote FOR EACH ROW EXECUTE FUNCTION noted();
