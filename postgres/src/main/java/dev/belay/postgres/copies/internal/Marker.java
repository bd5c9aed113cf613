package dev.belay.postgres.copies.internal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;

/**
 * The comment by which a database is recognised as Belay's.
 *
 * @param kind what it is: {@code scratch} or {@code kept}
 * @param database the database it was made for
 * @param run the run that made it
 */
public record Marker(String kind, String database, String run) {
    public static final String SCRATCH = "scratch";
    public static final String KEPT = "kept";

    public String text() {
        JsonObject json = new JsonObject();
        json.addProperty("belay", kind);
        json.addProperty("database", database);
        json.addProperty("run", run);
        return json.toString();
    }

    /** The marker in a comment; empty when the comment is somebody else's. */
    public static Optional<Marker> in(String comment) {
        if (!comment.startsWith("{\"belay\":")) {
            return Optional.empty();
        }
        try {
            JsonObject json = JsonParser.parseString(comment).getAsJsonObject();
            return Optional.of(new Marker(
                    json.get("belay").getAsString(),
                    json.get("database").getAsString(),
                    json.get("run").getAsString()));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
