-- What PostgreSQL 18 taught publications.
CREATE TABLE rooms (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION few FOR TABLE rooms;

--- publication few | publish generated columns
ALTER PUBLICATION few SET (publish_generated_columns = stored);
