package dev.belay.layout;

import dev.belay.layout.FlywayName.Kind;
import dev.belay.layout.KeyValueFile.Value;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Script;
import dev.belay.revision.SectionedFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One migration's file with the settings beside it, read through once.
 *
 * @param checksum Flyway's
 * @param raw the one before placeholders are replaced
 */
record FlywayFile(FlywayName name, Change.Sql change, int checksum, int raw) {
    /** What the name of the file with its own settings has behind its name. */
    static final String CONFIGURATION = ".conf";

    /** Reads it through. */
    static FlywayFile read(FlywayName name, FlywaySettings settings, Map<String, Value> own, Placeholders placeholders)
            throws IOException {
        check(own);
        boolean replaced =
                is(own, "placeholderReplacement").orElseGet(() -> settings.is("placeholderReplacement", true));
        Charset encoding = encoding(own, settings, name.file());
        try {
            return new Reading(name, settings, own, encoding, placeholders).read(replaced);
        } catch (CharacterCodingException e) {
            SectionedFile.whole(name.file()); // tells the line of what isn't UTF-8
            throw new MalformedRevisionException(
                    name.file().toString(), 1, "the file is not in " + encoding + ". Set its encoding.");
        }
    }

    private static void check(Map<String, Value> values) {
        values.forEach((key, value) -> {
            switch (key) {
                case "encoding" -> {}
                case "executeInTransaction", "placeholderReplacement" -> is(values, key);
                case "shouldExecute" -> {
                    if (!value.text().equalsIgnoreCase("true")) {
                        throw value.malformed("shouldExecute is not evaluated here."
                                + " Remove it, or let Flyway itself run the migrations: FlywayEngine.");
                    }
                }
                default ->
                    throw value.malformed("the setting " + key + " is not known here. There are executeInTransaction,"
                            + " placeholderReplacement and encoding.");
            }
        });
    }

    private static Optional<Boolean> is(Map<String, Value> values, String key) {
        return Optional.ofNullable(values.get(key)).map(value -> {
            if (!value.text().matches("(?i)true|false")) {
                throw value.malformed(key + " is true or false.");
            }
            return Boolean.valueOf(value.text());
        });
    }

    private static Charset encoding(Map<String, Value> own, FlywaySettings settings, Path file) {
        Value value = own.get("encoding");
        try {
            return value == null ? settings.encoding() : Charset.forName(value.text());
        } catch (IllegalArgumentException e) {
            throw value == null
                    ? new MalformedRevisionException(
                            file.toString(), 1, "the encoding in Flyway's settings is unknown.")
                    : value.malformed("the encoding is unknown.");
        }
    }

    /** What one reading finds out. */
    private record Reading(
            FlywayName name,
            FlywaySettings settings,
            Map<String, Value> own,
            Charset encoding,
            Placeholders placeholders) {
        FlywayFile read(boolean replaced) throws IOException {
            AtomicBoolean hints = new AtomicBoolean();
            AtomicBoolean holds = new AtomicBoolean();
            FlywayScript text = new FlywayScript(name.file(), encoding, Optional.empty(), Map.of());
            int raw = LineChecksum.of(text.open((placeholder, fact, line) -> {}), line -> {
                hints.compareAndSet(false, FlywayStatements.hintsAtIn(line));
                holds.compareAndSet(false, replaced && placeholders.occurIn(line));
            });
            if (!holds.get()) {
                return new FlywayFile(name, change(text, hints.get(), text), raw, raw);
            }
            AtomicBoolean fromDatabase = new AtomicBoolean();
            FlywayScript filled =
                    new FlywayScript(name.file(), encoding, Optional.of(placeholders.in(name.file())), Map.of());
            int checksum = LineChecksum.of(
                    filled.open((placeholder, fact, line) -> {
                        fromDatabase.compareAndSet(false, fact);
                        refuseTimeIfRepeatable(placeholder, line);
                    }),
                    line -> hints.compareAndSet(false, FlywayStatements.hintsAtIn(line)));
            Script script = fromDatabase.get() ? filled.forADatabase() : filled;
            boolean known = name.kind() == Kind.REPEATABLE && !fromDatabase.get();
            return new FlywayFile(name, change(script, hints.get(), filled), known ? checksum : raw, raw);
        }

        private void refuseTimeIfRepeatable(String placeholder, int line) {
            if (name.kind() == Kind.REPEATABLE && placeholders.isTimestamp(placeholder)) {
                throw new MalformedRevisionException(
                        name.file().toString(),
                        line,
                        "a repeatable migration with the time in it would never be applied. Remove the placeholder,"
                                + " or let Flyway itself run the migrations: FlywayEngine.");
            }
        }

        private Change.Sql change(Script script, boolean hints, FlywayScript text) throws IOException {
            Optional<Boolean> said = is(own, "executeInTransaction");
            if (said.isPresent() || !settings.is("executeInTransaction", true)) {
                return new Change.Sql(script, said.orElse(false));
            }
            if (!hints) {
                return new Change.Sql(script, true);
            }
            FlywayStatements.Kinds kinds;
            try (Reader reader = text.open()) {
                kinds = FlywayStatements.of(reader);
            }
            if (kinds.inside() > 0 && kinds.outside() > 0 && !settings.is("mixed", false)) {
                throw new MalformedRevisionException(
                        name.file().toString(),
                        Math.max(kinds.inside(), kinds.outside()),
                        "some statements of the file run in a transaction and some outside of one, which Flyway refuses."
                                + " Split the file, or set mixed=true.");
            }
            return new Change.Sql(script, kinds.outside() == 0);
        }
    }
}
