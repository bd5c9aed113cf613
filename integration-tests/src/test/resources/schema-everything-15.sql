-- What PostgreSQL 15 added to relations.
CREATE TABLE desks (id int PRIMARY KEY, floor int, name text, CONSTRAINT desks_floor_key UNIQUE NULLS NOT DISTINCT (floor));
CREATE UNIQUE INDEX desks_name_idx ON desks (name) NULLS NOT DISTINCT;
CREATE TABLE chairs (desk int, nr int, FOREIGN KEY (desk) REFERENCES desks ON DELETE SET NULL (desk));
CREATE VIEW invoked WITH (security_invoker) AS SELECT id, floor FROM desks;
CREATE UNLOGGED SEQUENCE fleeting;
