package dev.belay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.belay.backup.Backup;
import dev.belay.database.SchemaDifference;
import dev.belay.rollback.RollbackResult;
import dev.belay.validation.Finding;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;

/** The JSON documents that are not a run's report. */
final class Json {
    private Json() {}

    static <T> JsonArray array(Collection<T> values, Function<T, JsonElement> element) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(element.apply(value)));
        return array;
    }

    static JsonArray strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonObject object(String key, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    static JsonObject revision(String id, String description) {
        JsonObject object = object("revision", id);
        object.addProperty("description", description);
        return object;
    }

    static JsonObject finding(Finding finding) {
        JsonObject object = object("validator", finding.validator());
        object.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        object.addProperty("message", finding.message());
        if (!finding.wayOut().isEmpty()) {
            object.addProperty("wayOut", finding.wayOut());
        }
        return object;
    }

    static JsonObject difference(SchemaDifference difference) {
        JsonObject object = object("kind", difference.kind());
        object.addProperty("object", difference.object());
        object.addProperty("change", difference.change().label());
        difference.attribute().ifPresent(attribute -> object.addProperty("attribute", attribute));
        difference.before().ifPresent(before -> object.addProperty("before", before));
        difference.after().ifPresent(after -> object.addProperty("after", after));
        return object;
    }

    /** As in a run's report, and what a list needs besides. */
    static JsonObject backup(Backup backup) {
        JsonObject object = object("id", backup.id());
        object.addProperty("path", backup.location());
        object.addProperty("database", backup.database());
        object.addProperty("takenAt", backup.takenAt().toString());
        object.add("revisions", strings(backup.revisions()));
        object.addProperty("bytes", backup.bytes());
        object.addProperty("seconds", backup.duration().toMillis() / 1000.0);
        object.addProperty("proof", backup.proof().name().toLowerCase(Locale.ROOT));
        return object;
    }

    /** As in a run's report. */
    static JsonObject rollback(RollbackResult result) {
        JsonObject object = object("method", result.method().name().toLowerCase(Locale.ROOT));
        object.addProperty("succeeded", result.succeeded());
        result.keptDatabase().ifPresent(name -> object.addProperty("keptDatabase", name));
        if (!result.surplus().isEmpty()) {
            JsonObject surplus = new JsonObject();
            result.surplus().forEach(surplus::addProperty);
            object.add("surplus", surplus);
        }
        object.addProperty("detail", result.detail());
        return object;
    }
}
