package dev.belay.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads out of a report which backup is still needed as its way back. */
final class NeededBackups {
    private static final Logger LOG = LoggerFactory.getLogger(NeededBackups.class);

    private NeededBackups() {}

    static Set<String> in(String json) {
        try {
            JsonObject report = JsonParser.parseString(json).getAsJsonObject();
            String outcome = text(report, "outcome").orElse("");
            boolean needed = outcome.equals(Outcome.FAILED.label()) || outcome.equals(Outcome.RESTORED.label());
            JsonElement backup = report.get("backup");
            return needed && backup != null && backup.isJsonObject()
                    ? text(backup.getAsJsonObject(), "path").map(Set::of).orElse(Set.of())
                    : Set.of();
        } catch (JsonParseException | IllegalStateException e) {
            LOG.warn("A report could not be read for retention; it names no backup then", e);
            return Set.of();
        }
    }

    private static Optional<String> text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
