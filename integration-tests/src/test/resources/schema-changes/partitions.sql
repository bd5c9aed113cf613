-- Partitions and inheritance.
CREATE TABLE events (id int NOT NULL, day date NOT NULL, kind text DEFAULT 'x', CHECK (id > 0)) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2025_a PARTITION OF events_2025 FOR VALUES IN ('a', 'b');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE TABLE events_2026 (id int NOT NULL CHECK (id > 0), day date NOT NULL, kind text);
CREATE INDEX events_kind_idx ON events (kind);
ALTER TABLE events ADD PRIMARY KEY (id, day, kind);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noting BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION noted();
CREATE INDEX lone ON ONLY events (day);
CREATE INDEX lone_2024 ON events_2024 (day);
CREATE TABLE halls (id int PRIMARY KEY, name text NOT NULL DEFAULT 'h', CONSTRAINT named CHECK (name <> ''));
CREATE TABLE big_halls (size int) INHERITS (halls);
CREATE TABLE gardens (id int NOT NULL, name text NOT NULL DEFAULT 'g', CONSTRAINT named CHECK (name <> ''));

--- table public.events_2027 | added
CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

--- table public.events_2025 | removed
--- table public.events_2025_a | removed
DROP TABLE events_2025;

--- table public.events_2024 | parents
--- table public.events_2024 | partition bound
--- constraint events_2024_pkey on public.events_2024 | parent
--- index public.events_2024_kind_idx | parent
--- constraint events_id_check on public.events_2024 | added
--- trigger noting on public.events_2024 | added
--- since 18: column public.events_2024.day | not null
--- since 18: column public.events_2024.id | not null
--- since 18: column public.events_2024.kind | not null
ALTER TABLE events DETACH PARTITION events_2024;
CREATE TRIGGER noting BEFORE INSERT ON events_2024 FOR EACH ROW EXECUTE FUNCTION noted();

--- table public.events_2026 | parents
--- table public.events_2026 | partition bound
--- column public.events_2026.kind | not null
--- constraint events_2026_pkey on public.events_2026 | added
--- constraint events_2026_id_check on public.events_2026 | removed
--- index public.events_2026_kind_idx | added
--- index public.events_2026_day_idx | added
ALTER TABLE events_2026 ALTER COLUMN kind SET NOT NULL, DROP CONSTRAINT events_2026_id_check, ADD CONSTRAINT events_id_check CHECK (id > 0);
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

--- table public.events_2024 | partition bound
--- index public.lone_2024 | parent
ALTER TABLE events DETACH PARTITION events_2024;
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-12-01');

--- table public.events_2025_a | partition bound
ALTER TABLE events_2025 DETACH PARTITION events_2025_a;
ALTER TABLE events_2025 ATTACH PARTITION events_2025_a FOR VALUES IN ('a', 'c');

--- column public.events.note | added
--- column public.events_2024.note | added
--- column public.events_2025.note | added
--- column public.events_2025_a.note | added
--- column public.events_rest.note | added
ALTER TABLE events ADD COLUMN note text;

--- column public.events_2024.kind | default
ALTER TABLE events_2024 ALTER COLUMN kind SET DEFAULT 'y';

--- index public.events_day_idx | added
--- index public.events_2024_day_idx | added
--- index public.events_2025_day_idx | added
--- index public.events_2025_a_day_idx | added
--- index public.events_rest_day_idx | added
CREATE INDEX ON events (day, id);
ALTER INDEX events_day_id_idx RENAME TO events_day_idx;
ALTER INDEX events_2024_day_id_idx RENAME TO events_2024_day_idx;
ALTER INDEX events_2025_day_id_idx RENAME TO events_2025_day_idx;
ALTER INDEX events_2025_a_day_id_idx RENAME TO events_2025_a_day_idx;
ALTER INDEX events_rest_day_id_idx RENAME TO events_rest_day_idx;

--- index public.lone_2024 | parent
ALTER INDEX lone ATTACH PARTITION lone_2024;

--- trigger noting on public.events | removed
DROP TRIGGER noting ON events;

--- table public.events_2024 | parent's triggers
ALTER TABLE events_2024 DISABLE TRIGGER noting;

--- constraint events_kind_check on public.events | added
ALTER TABLE events ADD CHECK (kind <> '');

--- table public.garages | added
CREATE TABLE garages () INHERITS (halls);

--- column public.big_halls.id | inherited
--- column public.big_halls.name | inherited
--- constraint named on public.big_halls | added
--- table public.big_halls | parents
--- since 18: column public.big_halls.id | not null
--- since 18: column public.big_halls.name | not null
ALTER TABLE big_halls NO INHERIT halls;

--- table public.gardens | parents
ALTER TABLE gardens INHERIT halls;

--- column public.big_halls.name | default
ALTER TABLE big_halls ALTER COLUMN name SET DEFAULT 'big';

--- constraint named on public.big_halls | added
ALTER TABLE big_halls ADD CONSTRAINT named CHECK (name <> '');

--- table public.events | replica identity
ALTER TABLE events REPLICA IDENTITY FULL;

--- table public.events_2024 | replica identity
ALTER TABLE events_2024 REPLICA IDENTITY USING INDEX events_2024_pkey;

--- index public.events_kind_idx | definition
--- index public.events_2024_kind_idx | definition
--- index public.events_2025_kind_idx | definition
--- index public.events_2025_a_kind_idx | definition
--- index public.events_rest_kind_idx | definition
DROP INDEX events_kind_idx;
CREATE INDEX events_kind_idx ON events (kind DESC);

--- table public.events_2024 | row security
ALTER TABLE events_2024 ENABLE ROW LEVEL SECURITY;

--- nothing
ALTER TABLE gardens DISABLE TRIGGER ALL;
