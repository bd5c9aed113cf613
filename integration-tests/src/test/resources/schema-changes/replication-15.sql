-- What PostgreSQL 15 taught publications.
CREATE SCHEMA ward;
CREATE TABLE ward.rooms (id int PRIMARY KEY, name text, floor int);
CREATE PUBLICATION few FOR TABLE ward.rooms;
CREATE PUBLICATION wards FOR TABLES IN SCHEMA public;

--- publication few | tables
ALTER PUBLICATION few SET TABLE ward.rooms (id, name);

--- publication few | tables
ALTER PUBLICATION few SET TABLE ward.rooms WHERE (floor > 1);

--- publication wards | schemas
ALTER PUBLICATION wards ADD TABLES IN SCHEMA ward;

--- publication wards | schemas
ALTER PUBLICATION wards DROP TABLES IN SCHEMA public;
