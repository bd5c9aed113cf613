package dev.belay.postgres.schema;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import dev.belay.database.SchemaDifference;
import dev.belay.postgres.sql.Sha256;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot as JSON: <code>{"belay-schema": 1, "objects": [{"kind", "name", "of"?, "attributes"?}]}</code>, an object a line, so
 * that two files can also be compared by {@code diff}.
 */
final class SchemaJson {
    private static final String FORMAT = "belay-schema";
    private static final int VERSION = 1;

    private SchemaJson() {}

    static String write(SchemaSnapshot snapshot) {
        StringBuilder out = new StringBuilder("{\"" + FORMAT + "\": " + VERSION + ", \"objects\": [");
        String separator = "\n";
        for (SchemaObject object : snapshot.objects()) {
            out.append(separator);
            write(object, out);
            separator = ",\n";
        }
        return out.append("\n]}\n").toString();
    }

    private static void write(SchemaObject object, StringBuilder out) {
        JsonText.quote(object.kind().label(), out.append("{\"kind\":"));
        JsonText.quote(object.name(), out.append(",\"name\":"));
        if (object.of().isPresent()) {
            JsonText.quote(object.of().get(), out.append(",\"of\":"));
        }
        String separator = ",\"attributes\":{";
        for (var attribute : object.attributes().entrySet()) {
            JsonText.quote(attribute.getKey(), out.append(separator));
            JsonText.quote(attribute.getValue(), out.append(':'));
            separator = ",";
        }
        out.append(object.attributes().isEmpty() ? "}" : "}}");
    }

    /** Over the objects' lines, without the order of columns. */
    static String digest(SchemaSnapshot snapshot) {
        Sha256 digest = new Sha256();
        for (SchemaObject object : snapshot.objects()) {
            SortedMap<String, String> attributes = new TreeMap<>(object.attributes());
            attributes.remove(SchemaDifference.COLUMN_ORDER);
            StringBuilder line = new StringBuilder();
            write(new SchemaObject(object.kind(), object.name(), object.of(), attributes), line);
            digest.update(line.append('\n').toString());
        }
        return digest.hex();
    }

    static void write(SchemaSnapshot snapshot, Path file) throws IOException {
        Path directory = file.toAbsolutePath().normalize().getParent();
        Path partial = Files.createTempFile(directory, ".belay-snapshot", ".json");
        try {
            Files.writeString(partial, write(snapshot));
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    static SchemaSnapshot read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonReader json = new JsonReader(reader)) {
            return read(json);
        } catch (IOException | JsonParseException | IllegalStateException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new SnapshotFileException(
                    file,
                    e instanceof java.nio.file.NoSuchFileException
                            ? "there is no such file"
                            : why.replaceAll("\\.$", ""),
                    e);
        }
    }

    private static SchemaSnapshot read(JsonReader json) throws IOException {
        List<SchemaObject> objects = new ArrayList<>();
        boolean known = false;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(FORMAT)) {
                int version = json.nextInt();
                if (version != VERSION) {
                    throw new IllegalArgumentException(
                            "it is of version " + version + " and this Belay reads " + VERSION);
                }
                known = true;
            } else if (name.equals("objects")) {
                json.beginArray();
                while (json.hasNext()) {
                    objects.add(object(json));
                }
                json.endArray();
            } else {
                throw new IllegalArgumentException("it has an unknown member \"" + name + "\"");
            }
        }
        json.endObject();
        if (!known) {
            throw new IllegalArgumentException("it is no snapshot: it has no \"" + FORMAT + "\"");
        }
        return new SchemaSnapshot(objects);
    }

    private static SchemaObject object(JsonReader json) throws IOException {
        String kind = "";
        String name = "";
        Optional<String> of = Optional.empty();
        SortedMap<String, String> attributes = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "kind" -> kind = json.nextString();
                case "name" -> name = json.nextString();
                case "of" -> of = Optional.of(json.nextString());
                case "attributes" -> {
                    json.beginObject();
                    while (json.hasNext()) {
                        attributes.put(json.nextName(), json.nextString());
                    }
                    json.endObject();
                }
                default -> throw new IllegalArgumentException("an object has an unknown member at " + json.getPath());
            }
        }
        json.endObject();
        return new SchemaObject(ObjectKind.of(kind), name, of, attributes);
    }
}
