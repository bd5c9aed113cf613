-- Views, materialized views, sequences.
CREATE TABLE rooms (id int PRIMARY KEY, floor int, name text);
CREATE VIEW upper_rooms AS SELECT id, floor FROM rooms WHERE floor > 0;
CREATE VIEW checked WITH (security_barrier) AS SELECT id, floor FROM rooms WHERE floor > 1 WITH LOCAL CHECK OPTION;
COMMENT ON VIEW checked IS 'who may';
CREATE MATERIALIZED VIEW counted WITH (fillfactor = 80) AS SELECT floor, count(*) AS rooms FROM rooms GROUP BY floor;
CREATE SEQUENCE numbers;
CREATE SEQUENCE turns AS smallint START 5 INCREMENT 2 MINVALUE 1 MAXVALUE 9 CACHE 4 CYCLE;
CREATE TABLE tickets (id serial, other int);
COMMENT ON SEQUENCE numbers IS 'for all';
GRANT USAGE ON SEQUENCE numbers TO schema_reader;

--- view public.lower_rooms | added
CREATE VIEW lower_rooms AS SELECT id FROM rooms WHERE floor < 0;

--- view public.upper_rooms | removed
DROP VIEW upper_rooms;

--- view public.upper_rooms | definition
CREATE OR REPLACE VIEW upper_rooms AS SELECT id, floor FROM rooms WHERE floor > 2;

--- column public.upper_rooms.name | added
--- view public.upper_rooms | definition
CREATE OR REPLACE VIEW upper_rooms AS SELECT id, floor, name FROM rooms WHERE floor > 0;

--- view public.upper_rooms | options
ALTER VIEW upper_rooms SET (check_option = cascaded);

--- view public.checked | options
ALTER VIEW checked RESET (check_option);

--- view public.checked | options
ALTER VIEW checked RESET (security_barrier);

--- view public.upper_rooms | owner
ALTER VIEW upper_rooms OWNER TO schema_writer;

--- view public.upper_rooms | grants
GRANT SELECT ON upper_rooms TO schema_reader;

--- view public.checked | comment
COMMENT ON VIEW checked IS NULL;

--- nothing
CREATE OR REPLACE VIEW upper_rooms AS SELECT r.id, r.floor FROM rooms r WHERE r.floor > 2;
CREATE OR REPLACE VIEW upper_rooms AS SELECT id, floor FROM public.rooms WHERE (floor > 0);

--- materialized view public.named | added
CREATE MATERIALIZED VIEW named AS SELECT name FROM rooms WITH NO DATA;

--- materialized view public.counted | removed
DROP MATERIALIZED VIEW counted;

--- materialized view public.counted | definition
DROP MATERIALIZED VIEW counted;
CREATE MATERIALIZED VIEW counted WITH (fillfactor = 80) AS SELECT floor, count(*) AS rooms FROM rooms WHERE id > 0 GROUP BY floor;

--- materialized view public.counted | options
ALTER MATERIALIZED VIEW counted SET (fillfactor = 90);

--- materialized view public.counted | tablespace
ALTER MATERIALIZED VIEW counted SET TABLESPACE schema_space;

--- materialized view public.counted | owner
ALTER MATERIALIZED VIEW counted OWNER TO schema_writer;

--- materialized view public.counted | comment
COMMENT ON MATERIALIZED VIEW counted IS 'per floor';

--- materialized view public.counted | grants
GRANT SELECT ON counted TO PUBLIC;

--- column public.counted.rooms | statistics
ALTER MATERIALIZED VIEW counted ALTER COLUMN rooms SET STATISTICS 20;

--- column public.counted.rooms | comment
COMMENT ON COLUMN counted.rooms IS 'how many';

--- nothing
REFRESH MATERIALIZED VIEW counted WITH NO DATA;

--- sequence public.more | added
CREATE SEQUENCE more;

--- sequence public.numbers | removed
DROP SEQUENCE numbers;

--- sequence public.turns | type
--- sequence public.turns | maximum
ALTER SEQUENCE turns AS int MAXVALUE 10;

--- sequence public.turns | start
ALTER SEQUENCE turns START 6;

--- sequence public.turns | increment
ALTER SEQUENCE turns INCREMENT 3;

--- sequence public.turns | minimum
ALTER SEQUENCE turns MINVALUE 0;

--- sequence public.turns | maximum
ALTER SEQUENCE turns NO MAXVALUE;

--- sequence public.turns | cache
ALTER SEQUENCE turns CACHE 1;

--- sequence public.turns | cycle
ALTER SEQUENCE turns NO CYCLE;

--- sequence public.numbers | increment
--- sequence public.numbers | maximum
--- sequence public.numbers | minimum
--- sequence public.numbers | start
ALTER SEQUENCE numbers INCREMENT -1 NO MINVALUE NO MAXVALUE START -1 RESTART;

--- sequence public.numbers | owned by
ALTER SEQUENCE numbers OWNED BY tickets.other;

--- sequence public.tickets_id_seq | owned by
ALTER SEQUENCE tickets_id_seq OWNED BY NONE;

--- sequence public.tickets_id_seq | owned by
ALTER SEQUENCE tickets_id_seq OWNED BY tickets.other;

--- sequence public.numbers | owner
ALTER SEQUENCE numbers OWNER TO schema_writer;

--- sequence public.numbers | grants
REVOKE USAGE ON SEQUENCE numbers FROM schema_reader;

--- sequence public.turns | grants
GRANT SELECT ON SEQUENCE turns TO PUBLIC;

--- sequence public.numbers | comment
COMMENT ON SEQUENCE numbers IS NULL;

--- nothing
SELECT nextval('numbers'), setval('turns', 7);
