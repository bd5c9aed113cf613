-- Constraints.
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int CONSTRAINT rooms_pkey PRIMARY KEY, floor int, name text, UNIQUE (floor, name));
CREATE TABLE beds (
    id int PRIMARY KEY,
    room int CONSTRAINT beds_room_fkey REFERENCES rooms ON DELETE CASCADE,
    width int CONSTRAINT wide CHECK (width > 60),
    code text CONSTRAINT beds_code_key UNIQUE WITH (fillfactor = 80),
    during tstzrange,
    "Nr" int,
    CONSTRAINT once EXCLUDE USING gist (room WITH =, during WITH &&)
);
COMMENT ON CONSTRAINT wide ON beds IS 'else one falls';
COMMENT ON INDEX beds_code_key IS 'found by code';
CREATE TABLE dated (id int, day date, CONSTRAINT dated_day CHECK (day > '2000-01-01') NO INHERIT);
ALTER TABLE dated ADD CONSTRAINT dated_id CHECK (id > 0) NOT VALID;
CREATE DOMAIN positive AS int CONSTRAINT above CHECK (VALUE > 0);

--- constraint beds_pkey on public.beds | removed
ALTER TABLE beds DROP CONSTRAINT beds_pkey;
ALTER TABLE beds ALTER COLUMN id SET NOT NULL;

--- column public.dated.id | not null
--- constraint dated_pkey on public.dated | added
ALTER TABLE dated ADD PRIMARY KEY (id);

--- constraint beds_room_fkey on public.beds | removed
ALTER TABLE beds DROP CONSTRAINT beds_room_fkey;

--- constraint "beds_Nr_fkey" on public.beds | added
ALTER TABLE beds ADD FOREIGN KEY ("Nr") REFERENCES rooms;

--- constraint beds_room_fkey on public.beds | definition
ALTER TABLE beds DROP CONSTRAINT beds_room_fkey, ADD CONSTRAINT beds_room_fkey FOREIGN KEY (room) REFERENCES rooms;

--- constraint beds_room_fkey on public.beds | definition
ALTER TABLE beds DROP CONSTRAINT beds_room_fkey,
    ADD CONSTRAINT beds_room_fkey FOREIGN KEY (room) REFERENCES rooms ON DELETE CASCADE ON UPDATE SET NULL;

--- constraint beds_room_fkey on public.beds | definition
ALTER TABLE beds DROP CONSTRAINT beds_room_fkey,
    ADD CONSTRAINT beds_room_fkey FOREIGN KEY (room) REFERENCES rooms ON DELETE CASCADE NOT VALID;

--- nothing
ALTER TABLE beds DROP CONSTRAINT beds_room_fkey,
    ADD CONSTRAINT beds_room_fkey FOREIGN KEY (room) REFERENCES rooms ON DELETE CASCADE NOT VALID;
ALTER TABLE beds VALIDATE CONSTRAINT beds_room_fkey;

--- constraint beds_room_fkey on public.beds | definition
ALTER TABLE beds ALTER CONSTRAINT beds_room_fkey DEFERRABLE;

--- constraint beds_room_fkey on public.beds | definition
ALTER TABLE beds ALTER CONSTRAINT beds_room_fkey DEFERRABLE INITIALLY DEFERRED;

--- constraint beds_room_fkey on public.beds | removed
--- constraint room_of_bed on public.beds | added
ALTER TABLE beds RENAME CONSTRAINT beds_room_fkey TO room_of_bed;

--- constraint wide on public.beds | removed
ALTER TABLE beds DROP CONSTRAINT wide;

--- constraint wide on public.beds | definition
ALTER TABLE beds DROP CONSTRAINT wide, ADD CONSTRAINT wide CHECK (width > 70);
COMMENT ON CONSTRAINT wide ON beds IS 'else one falls';

--- constraint wide on public.beds | comment
COMMENT ON CONSTRAINT wide ON beds IS 'else one turns';

--- constraint beds_room_fkey on public.beds | comment
COMMENT ON CONSTRAINT beds_room_fkey ON beds IS 'where it stands';

--- constraint dated_day on public.dated | definition
ALTER TABLE dated DROP CONSTRAINT dated_day, ADD CONSTRAINT dated_day CHECK (day > '2000-01-01');

--- constraint dated_id on public.dated | definition
ALTER TABLE dated VALIDATE CONSTRAINT dated_id;

--- constraint rooms_floor_name_key on public.rooms | removed
ALTER TABLE rooms DROP CONSTRAINT rooms_floor_name_key;

--- constraint rooms_floor_name_key on public.rooms | definition
ALTER TABLE rooms DROP CONSTRAINT rooms_floor_name_key;
ALTER TABLE rooms ADD CONSTRAINT rooms_floor_name_key UNIQUE (name, floor);

--- constraint rooms_floor_name_key on public.rooms | definition
ALTER TABLE rooms DROP CONSTRAINT rooms_floor_name_key;
ALTER TABLE rooms ADD CONSTRAINT rooms_floor_name_key UNIQUE (floor, name) INCLUDE (id);

--- constraint rooms_floor_name_key on public.rooms | definition
ALTER TABLE rooms DROP CONSTRAINT rooms_floor_name_key;
ALTER TABLE rooms ADD CONSTRAINT rooms_floor_name_key UNIQUE (floor, name) DEFERRABLE;

--- constraint beds_code_key on public.beds | options
ALTER INDEX beds_code_key SET (fillfactor = 90);

--- constraint beds_code_key on public.beds | tablespace
ALTER INDEX beds_code_key SET TABLESPACE schema_space;

--- constraint beds_code_key on public.beds | clustered
ALTER TABLE beds CLUSTER ON beds_code_key;

--- constraint beds_code_key on public.beds | index comment
COMMENT ON INDEX beds_code_key IS NULL;

--- constraint once on public.beds | removed
ALTER TABLE beds DROP CONSTRAINT once;

--- constraint once on public.beds | definition
ALTER TABLE beds DROP CONSTRAINT once, ADD CONSTRAINT once EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0);

--- constraint above on public.positive | removed
ALTER DOMAIN positive DROP CONSTRAINT above;

--- constraint below on public.positive | added
ALTER DOMAIN positive ADD CONSTRAINT below CHECK (VALUE < 100) NOT VALID;

--- constraint above on public.positive | comment
COMMENT ON CONSTRAINT above ON DOMAIN positive IS 'never none';
