package dev.belay.recipes;

import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Locale;

/** A revision written in Java, beside those in files. */
public final class JavaRevision {
    private JavaRevision() {}

    // tag::java[]
    public static RevisionSource revisions() {
        Revision lowerCase = Revision.named("9e0d0004", "Names in lower case")
                .after("77aa0003")
                .upgrade(connection -> {
                    try (Statement query = connection.createStatement();
                            ResultSet rows = query.executeQuery("SELECT id, name FROM employees");
                            PreparedStatement update =
                                    connection.prepareStatement("UPDATE employees SET name = ? WHERE id = ?")) {
                        while (rows.next()) {
                            update.setString(1, rows.getString("name").toLowerCase(Locale.ROOT));
                            update.setLong(2, rows.getLong("id"));
                            update.addBatch();
                        }
                        update.executeBatch();
                    }
                })
                .irreversible("the upper case letters are gone; the backup has them");
        return Revisions.onClasspath("db/revisions").and(Revisions.of(lowerCase));
    }
    // end::java[]
}
