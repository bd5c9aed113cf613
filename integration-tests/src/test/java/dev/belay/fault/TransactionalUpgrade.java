package dev.belay.fault;

import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** Two revisions in one transaction, with rows copied in and a backfill. */
public final class TransactionalUpgrade extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        revision(place, "a0000001", """
                CREATE TABLE rooms (id int PRIMARY KEY, name text);
                COPY rooms (id, name) FROM stdin;
                1\tred
                2\tgreen
                \\.
                """, "DROP TABLE rooms;");
        revision(
                place,
                "a0000002",
                "ALTER TABLE members ADD COLUMN room int REFERENCES rooms;\nUPDATE members SET room = 1 + id % 2;",
                "ALTER TABLE members DROP COLUMN room;");
    }
}
