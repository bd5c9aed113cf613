package dev.belay.postgres.layout;

import dev.belay.postgres.sql.Sha256;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What revisions of other tools are called in Belay's layout: always the same for the same ones, and in the same order. */
final class ImportedNames {
    /** The layout's rule, but for those words that are targets. */
    private static final Pattern ID = Pattern.compile("(?!(?:base|head|heads)$)[0-9a-z]{4,40}");

    private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final Pattern DOTTED = Pattern.compile("[0-9]+(?:\\.[0-9]+)+");
    private static final int SHORTEST = 4;
    private static final int LONGEST = 40;
    private static final int HASH_BYTES = 4;

    private static final Pattern TIME = Pattern.compile(
            "(?<year>(?:19|20)[0-9]{2})[-_]?(?<month>[0-9]{2})[-_]?(?<day>[0-9]{2})(?:[-_T]?(?<hour>[0-9]{2})[-_:]?(?<minute>[0-9]{2}))?.*");
    private static final Pattern MILLISECONDS = Pattern.compile("(1[0-9]{12})(?:[^0-9].*)?");

    /** For those that say no time: a minute for each. */
    private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);

    private LocalDateTime time = FIRST;
    private String last = "";

    /** An id that the layout takes, made of the tool's alone. */
    static String id(String from) {
        if (ID.matcher(from).matches()) {
            return from;
        }
        if (SHORT_NUMBER.matcher(from).matches()) {
            return "0".repeat(SHORTEST - from.length()) + from;
        }
        String dotted = "v" + from.replace('.', 'p');
        if (DOTTED.matcher(from).matches() && ID.matcher(dotted).matches()) {
            return dotted;
        }
        String plain = words(from).toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
        return plain.substring(0, Math.min(plain.length(), LONGEST - 2 * HASH_BYTES)) + hash(from);
    }

    /** Of an id with a path and an author around, as Liquibase's, what is between. */
    private static String words(String from) {
        String[] parts = from.split("::");
        return parts.length == 3 ? parts[1] : from;
    }

    private static String hash(String text) {
        Sha256 digest = new Sha256();
        digest.update(text);
        return digest.hex().substring(0, 2 * HASH_BYTES);
    }

    /** The file's name of the next revision; called in their order. */
    String next(Revision revision, String id) {
        String description = revision.description().isBlank() ? revision.id() : revision.description();
        LocalDateTime own = time(revision.id())
                .or(() -> time(file(revision)))
                .filter(said -> !said.isBefore(time))
                .orElse(time);
        String name = RevisionWriter.fileName(own, id, description);
        if (name.compareTo(last) <= 0) {
            own = own.plusMinutes(1);
            name = RevisionWriter.fileName(own, id, description);
        }
        time = own;
        last = name;
        return name;
    }

    /** The last part of where it was read from. */
    static String file(Revision revision) {
        String origin = revision.origin();
        return origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1);
    }

    private static Optional<LocalDateTime> time(String text) {
        Matcher time = TIME.matcher(text);
        Matcher milliseconds = MILLISECONDS.matcher(text);
        try {
            if (milliseconds.matches()) {
                Instant instant = Instant.ofEpochMilli(Long.parseLong(milliseconds.group(1)));
                return Optional.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            }
            return time.matches() ? Optional.of(time(time)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty(); // a number that only looks like a time
        }
    }

    private static LocalDateTime time(Matcher time) {
        boolean minutes = time.group("minute") != null;
        return LocalDateTime.of(
                Integer.parseInt(time.group("year")),
                Integer.parseInt(time.group("month")),
                Integer.parseInt(time.group("day")),
                minutes ? Integer.parseInt(time.group("hour")) : 0,
                minutes ? Integer.parseInt(time.group("minute")) : 0);
    }
}
