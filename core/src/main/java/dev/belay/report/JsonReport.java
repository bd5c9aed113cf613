package dev.belay.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.belay.backup.Backup;
import dev.belay.engine.RevisionResult;
import dev.belay.rollback.RollbackResult;
import dev.belay.validation.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A report as JSON. */
final class JsonReport {
    private JsonReport() {}

    static String of(MigrationReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("runId", report.runId());
        json.addProperty("outcome", report.outcome().label());
        json.addProperty("database", report.database());
        json.addProperty("environment", report.environment());
        json.addProperty("startedAt", report.startedAt().toString());
        json.addProperty("finishedAt", report.finishedAt().toString());
        json.add("from", array(report.from(), com.google.gson.JsonPrimitive::new));
        json.add("to", array(report.to(), com.google.gson.JsonPrimitive::new));
        json.add("applied", array(report.applied(), JsonReport::applied));
        json.add("steps", array(report.steps(), JsonReport::step));
        report.backup().ifPresent(backup -> json.add("backup", backup(backup)));
        json.add("findings", array(report.findings(), JsonReport::finding));
        json.add("notes", array(report.notes(), com.google.gson.JsonPrimitive::new));
        report.rollback().ifPresent(rollback -> json.add("rollback", rollback(rollback)));
        report.error().ifPresent(error -> json.addProperty("error", error));
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(json);
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonElement> element) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(element.apply(value)));
        return array;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static JsonObject applied(RevisionResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("revision", result.revision());
        json.addProperty("direction", result.direction().name().toLowerCase(Locale.ROOT));
        json.addProperty("seconds", seconds(result.duration()));
        json.addProperty("statements", result.statements());
        return json;
    }

    private static JsonObject step(StepReport step) {
        JsonObject json = new JsonObject();
        json.addProperty("step", step.step());
        json.addProperty("status", step.status().label());
        json.addProperty("seconds", seconds(step.duration()));
        if (!step.reason().isEmpty()) {
            json.addProperty("reason", step.reason());
        }
        return json;
    }

    private static JsonObject backup(Backup backup) {
        JsonObject json = new JsonObject();
        json.addProperty("path", backup.location());
        json.addProperty("bytes", backup.bytes());
        json.addProperty("seconds", seconds(backup.duration()));
        json.addProperty("proof", backup.proof().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static JsonObject finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("validator", finding.validator());
        json.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.addProperty("message", finding.message());
        if (!finding.wayOut().isEmpty()) {
            json.addProperty("wayOut", finding.wayOut());
        }
        return json;
    }

    private static JsonObject rollback(RollbackResult rollback) {
        JsonObject json = new JsonObject();
        json.addProperty("method", rollback.method().name().toLowerCase(Locale.ROOT));
        json.addProperty("succeeded", rollback.succeeded());
        rollback.keptDatabase().ifPresent(name -> json.addProperty("keptDatabase", name));
        if (!rollback.surplus().isEmpty()) {
            JsonObject surplus = new JsonObject();
            rollback.surplus().forEach(surplus::addProperty);
            json.add("surplus", surplus);
        }
        json.addProperty("detail", rollback.detail());
        return json;
    }
}
