package dev.belay.postgres.backup;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.belay.backup.ProofLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comment by which a database is recognised as a backup, and that says what is in it. */
record TemplateMark(
        String database, String run, Instant takenAt, List<String> revisions, Duration duration, ProofLevel proof) {
    static final String START = "{\"belay\":\"backup\"";

    TemplateMark {
        revisions = List.copyOf(revisions);
    }

    String text() {
        JsonObject json = new JsonObject();
        json.addProperty("belay", "backup");
        json.addProperty("database", database);
        json.addProperty("run", run);
        json.addProperty("takenAt", takenAt.toString());
        json.addProperty("durationMillis", duration.toMillis());
        json.addProperty("proof", proof.name());
        JsonArray ids = new JsonArray();
        revisions.forEach(ids::add);
        json.add("revisions", ids);
        return json.toString();
    }

    /** The mark in a comment; empty when the comment is somebody else's. */
    static Optional<TemplateMark> in(String comment) {
        if (!comment.startsWith(START)) {
            return Optional.empty();
        }
        try {
            JsonObject json = JsonParser.parseString(comment).getAsJsonObject();
            List<String> revisions = new ArrayList<>();
            for (JsonElement id : json.getAsJsonArray("revisions")) {
                revisions.add(id.getAsString());
            }
            return Optional.of(new TemplateMark(
                    json.get("database").getAsString(),
                    json.get("run").getAsString(),
                    Instant.parse(json.get("takenAt").getAsString()),
                    revisions,
                    Duration.ofMillis(json.get("durationMillis").getAsLong()),
                    ProofLevel.valueOf(json.get("proof").getAsString())));
        } catch (RuntimeException e) {
            // Cut, edited by hand or of another version: whatever is wrong with it, it is not one of ours any more.
            return Optional.empty();
        }
    }

    TemplateMark proven(ProofLevel level) {
        return new TemplateMark(database, run, takenAt, revisions, duration, level);
    }
}
