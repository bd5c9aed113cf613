package dev.belay.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;

/** A revision file that was written. */
record WrittenFile(Path path) {
    void tell(Program program) {
        if (program.settings().json()) {
            JsonObject json = Json.object("revision", id());
            json.addProperty("path", path.toString());
            program.out().json(json);
        } else {
            program.out().line(path.toString());
        }
    }

    /** The third part of {@code YYYYMMDD_HHMM_<id>_<description>.sql}. */
    private String id() {
        return path.getFileName().toString().split("_", 4)[2];
    }
}
