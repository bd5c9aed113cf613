-- Rules, triggers, policies.
CREATE TABLE rooms (id int PRIMARY KEY, floor int, keeper text);
CREATE TABLE log (id int);
CREATE VIEW upper_rooms AS SELECT id, floor FROM rooms WHERE floor > 0;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE RULE keep AS ON DELETE TO rooms DO INSTEAD NOTHING;
CREATE RULE "Also" AS ON INSERT TO rooms DO ALSO INSERT INTO log VALUES (NEW.id);
CREATE TRIGGER noting BEFORE INSERT OR UPDATE OF floor ON rooms FOR EACH ROW WHEN (NEW.floor > 0) EXECUTE FUNCTION noted('a', 'b');
CREATE TRIGGER late AFTER INSERT ON rooms REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION noted();
CREATE CONSTRAINT TRIGGER held AFTER INSERT ON rooms DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TRIGGER instead INSTEAD OF INSERT ON upper_rooms FOR EACH ROW EXECUTE FUNCTION noted();
ALTER TABLE rooms DISABLE TRIGGER late;
ALTER TABLE rooms ENABLE ALWAYS RULE keep;
COMMENT ON TRIGGER noting ON rooms IS 'who was here';
COMMENT ON RULE keep ON rooms IS 'never lose a room';
CREATE POLICY own ON rooms FOR UPDATE TO schema_reader USING (keeper = CURRENT_USER) WITH CHECK (floor > 0);
COMMENT ON POLICY own ON rooms IS 'one''s own';

--- rule more on public.rooms | added
CREATE RULE more AS ON UPDATE TO rooms DO INSTEAD NOTHING;

--- rule "Also" on public.rooms | removed
DROP RULE "Also" ON rooms;

--- rule keep on public.rooms | definition
CREATE OR REPLACE RULE keep AS ON DELETE TO rooms WHERE (OLD.floor > 0) DO INSTEAD NOTHING;

--- rule keep on public.rooms | enabled
ALTER TABLE rooms ENABLE RULE keep;

--- rule "Also" on public.rooms | enabled
ALTER TABLE rooms DISABLE RULE "Also";

--- rule "Also" on public.rooms | enabled
ALTER TABLE rooms ENABLE REPLICA RULE "Also";

--- rule keep on public.rooms | comment
COMMENT ON RULE keep ON rooms IS NULL;

--- rule keep on public.rooms | removed
--- rule kept on public.rooms | added
ALTER RULE keep ON rooms RENAME TO kept;

--- trigger more on public.rooms | added
CREATE TRIGGER more AFTER TRUNCATE ON rooms EXECUTE FUNCTION noted();

--- trigger noting on public.rooms | removed
DROP TRIGGER noting ON rooms;

--- trigger instead on public.upper_rooms | removed
DROP TRIGGER instead ON upper_rooms;

--- trigger noting on public.rooms | definition
CREATE OR REPLACE TRIGGER noting BEFORE INSERT OR UPDATE ON rooms FOR EACH ROW WHEN (NEW.floor > 0) EXECUTE FUNCTION noted('a', 'b');

--- trigger noting on public.rooms | definition
CREATE OR REPLACE TRIGGER noting BEFORE INSERT OR UPDATE OF floor ON rooms FOR EACH ROW EXECUTE FUNCTION noted('a', 'b');

--- trigger noting on public.rooms | definition
CREATE OR REPLACE TRIGGER noting BEFORE INSERT OR UPDATE OF floor ON rooms FOR EACH ROW WHEN (NEW.floor > 0) EXECUTE FUNCTION noted('a');

--- trigger late on public.rooms | definition
CREATE OR REPLACE TRIGGER late AFTER INSERT ON rooms FOR EACH STATEMENT EXECUTE FUNCTION noted();
ALTER TABLE rooms DISABLE TRIGGER late;

--- trigger held on public.rooms | definition
DROP TRIGGER held ON rooms;
CREATE CONSTRAINT TRIGGER held AFTER INSERT ON rooms DEFERRABLE FOR EACH ROW EXECUTE FUNCTION noted();

--- trigger noting on public.rooms | enabled
ALTER TABLE rooms DISABLE TRIGGER noting;

--- trigger noting on public.rooms | enabled
ALTER TABLE rooms ENABLE REPLICA TRIGGER noting;

--- trigger late on public.rooms | enabled
ALTER TABLE rooms ENABLE TRIGGER late;

--- trigger late on public.rooms | enabled
ALTER TABLE rooms ENABLE ALWAYS TRIGGER late;

--- trigger noting on public.rooms | comment
COMMENT ON TRIGGER noting ON rooms IS 'nobody';

--- trigger noting on public.rooms | removed
--- trigger taken on public.rooms | added
ALTER TRIGGER noting ON rooms RENAME TO taken;

--- nothing
CREATE OR REPLACE TRIGGER noting BEFORE UPDATE OF floor OR INSERT ON public.rooms FOR ROW WHEN (NEW.floor > 0) EXECUTE PROCEDURE noted('a', 'b');

--- policy more on public.rooms | added
CREATE POLICY more ON rooms USING (true);

--- policy own on public.rooms | removed
DROP POLICY own ON rooms;

--- policy own on public.rooms | roles
ALTER POLICY own ON rooms TO PUBLIC;

--- policy own on public.rooms | roles
ALTER POLICY own ON rooms TO schema_reader, schema_writer;

--- policy own on public.rooms | using
ALTER POLICY own ON rooms USING (keeper = SESSION_USER);

--- policy own on public.rooms | with check
ALTER POLICY own ON rooms WITH CHECK (floor > 1);

--- policy own on public.rooms | with check
DROP POLICY own ON rooms;
CREATE POLICY own ON rooms FOR UPDATE TO schema_reader USING (keeper = CURRENT_USER);
COMMENT ON POLICY own ON rooms IS 'one''s own';

--- policy own on public.rooms | command
DROP POLICY own ON rooms;
CREATE POLICY own ON rooms TO schema_reader USING (keeper = CURRENT_USER) WITH CHECK (floor > 0);
COMMENT ON POLICY own ON rooms IS 'one''s own';

--- policy own on public.rooms | permissiveness
DROP POLICY own ON rooms;
CREATE POLICY own ON rooms AS RESTRICTIVE FOR UPDATE TO schema_reader USING (keeper = CURRENT_USER) WITH CHECK (floor > 0);
COMMENT ON POLICY own ON rooms IS 'one''s own';

--- policy own on public.rooms | comment
COMMENT ON POLICY own ON rooms IS NULL;

--- policy own on public.rooms | removed
--- policy owned on public.rooms | added
ALTER POLICY own ON rooms RENAME TO owned;
