-- Tables and what they are made of.
CREATE TABLE rooms (
    id int PRIMARY KEY,
    name text NOT NULL DEFAULT 'x'
);
CREATE VIEW busy AS SELECT id FROM rooms;

--- table public.beds | added
CREATE TABLE beds (id int);

--- view public.busy | removed
--- table public.rooms | removed
DROP TABLE rooms CASCADE;

--- column public.rooms.name | default
ALTER TABLE rooms ALTER COLUMN name DROP DEFAULT;

--- nothing
ANALYZE rooms;
