package dev.belay.revision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file of the layout {@code belay}: its header, and where its sections are. */
final class BelayParser {
    private static final String PREFIX = "-- belay:";
    private static final Pattern NAME = Pattern.compile("\\S+");
    private static final Pattern BETWEEN_PARENTS = Pattern.compile("[,\\s]+");
    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

    /** A directive as it stands in the file. */
    private record Directive(String name, String argument, int line) {}

    /** A section that is still being read: its end is not known. */
    private record Section(Directive directive, long start) {}

    private final RevisionFile file;
    private final Lines lines;
    private final Map<String, Directive> directives = new HashMap<>();
    private final Map<String, Change> changes = new HashMap<>();
    private CommentScanner comments = new CommentScanner();
    private @Nullable Section open;

    BelayParser(RevisionFile file, Lines lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads to the end.
     *
     * @param digest of all that was read
     */
    Revision parse(String nameId, String nameDescription, Supplier<String> digest) throws IOException {
        while (lines.advance()) {
            if (lines.startsWith(PREFIX_BYTES)) {
                take(directive());
            } else if (open == null && !comments.isComment(lines.text())) {
                throw strayStatement();
            }
        }
        endSection(lines.position());
        Directive revision = required("revision", 1, "the revision has no line \"-- belay:revision ID\". Add it.");
        if (!revision.argument().equals(nameId)) {
            throw malformed(
                    revision.line(),
                    "the revision is " + revision.argument() + " here and " + nameId
                            + " in the file's name. Make the two the same.");
        }
        Directive upgrade = required(
                "upgrade", revision.line(), "the revision has no section \"-- belay:upgrade\". Add it, even if empty.");
        Change downgrade = changes.get("downgrade");
        if (downgrade == null) {
            throw malformed(
                    upgrade.line(),
                    "the revision has no way back. Add a section \"-- belay:downgrade\","
                            + " or say why there is none: \"-- belay:irreversible REASON\".");
        }
        Directive description = directives.get("description");
        return new Revision(
                nameId,
                parents(nameId),
                description == null ? nameDescription : description.argument(),
                file.origin(),
                Objects.requireNonNull(changes.get("upgrade")),
                downgrade,
                Map.of(Revision.FILE_SHA256, digest.get()));
    }

    private Directive directive() {
        if (!lines.whole()) {
            throw malformed(lines.number(), "the directive is longer than " + Lines.KEPT + " bytes.");
        }
        String text = lines.text().substring(PREFIX.length());
        Matcher name = NAME.matcher(text);
        int end = name.lookingAt() ? name.end() : 0;
        return new Directive(text.substring(0, end), text.substring(end).strip(), lines.number());
    }

    private void take(Directive directive) {
        Directive earlier = directives.putIfAbsent(directive.name(), directive);
        if (earlier != null) {
            throw malformed(
                    directive.line(),
                    "the directive \"" + directive.name() + "\" is there a second time, after line " + earlier.line()
                            + ". Remove one.");
        }
        switch (directive.name()) {
            case "revision", "parents", "description" -> header(directive);
            case "upgrade", "downgrade" -> section(directive);
            case "irreversible" -> irreversible(directive);
            default ->
                throw malformed(
                        directive.line(),
                        "\"" + directive.name() + "\" is not a directive."
                                + " There are revision, parents, description, upgrade, downgrade and irreversible.");
        }
    }

    private void header(Directive directive) {
        if (directives.containsKey("upgrade")
                || directives.containsKey("downgrade")
                || directives.containsKey("irreversible")) {
            throw malformed(
                    directive.line(),
                    "the directive \"" + directive.name() + "\" belongs before the first section. Move it up.");
        }
        if (directive.argument().isEmpty()) {
            throw malformed(
                    directive.line(),
                    "the directive \"" + directive.name() + "\" has no value. Add one"
                            + (directive.name().equals("revision") ? "." : ", or remove the line."));
        }
        if (directive.name().equals("revision") && !Revision.isId(directive.argument())) {
            throw malformed(directive.line(), Revision.notAnId("revision id", directive.argument()));
        }
    }

    private void section(Directive directive) {
        if (!directive.argument().isEmpty() && !directive.argument().equals("no-transaction")) {
            throw malformed(
                    directive.line(),
                    "\"" + directive.argument() + "\" is not an option of \"" + directive.name()
                            + "\". The only one is no-transaction.");
        }
        refuseTwoWaysBack(directive, "downgrade", "irreversible");
        endSection(lines.start());
        open = new Section(directive, lines.position());
    }

    private void irreversible(Directive directive) {
        if (directive.argument().isEmpty()) {
            throw malformed(directive.line(), "\"irreversible\" has no reason. Say why there is no way back.");
        }
        refuseTwoWaysBack(directive, "irreversible", "downgrade");
        endSection(lines.start());
        comments = new CommentScanner();
        changes.put("downgrade", new Change.Irreversible(directive.argument()));
    }

    private void refuseTwoWaysBack(Directive directive, String name, String opposite) {
        Directive other = directives.get(opposite);
        if (directive.name().equals(name) && other != null) {
            throw malformed(
                    directive.line(),
                    "\"" + name + "\" contradicts \"" + opposite + "\" on line " + other.line() + ". Remove one.");
        }
    }

    private void endSection(long end) {
        Section section = open;
        if (section != null) {
            Directive directive = section.directive();
            Script script = new SectionScript(file, section.start(), end - section.start(), directive.line() + 1);
            changes.put(
                    directive.name(),
                    new Change.Sql(script, directive.argument().isEmpty()));
        }
        open = null;
    }

    private List<String> parents(String id) {
        Directive directive = directives.get("parents");
        if (directive == null) {
            return List.of();
        }
        List<String> parents = BETWEEN_PARENTS
                .splitAsStream(directive.argument())
                .filter(parent -> !parent.isEmpty())
                .toList();
        for (String parent : parents) {
            if (!Revision.isId(parent)) {
                throw malformed(directive.line(), Revision.notAnId("parent", parent));
            }
            if (parent.equals(id)) {
                throw malformed(directive.line(), "revision " + id + " names itself as its parent. Name another.");
            }
        }
        if (parents.isEmpty() || Set.copyOf(parents).size() < parents.size()) {
            throw malformed(directive.line(), "the parents are not ids that differ. Name each once.");
        }
        return parents;
    }

    private Directive required(String name, int line, String problem) {
        Directive directive = directives.get(name);
        if (directive == null) {
            throw malformed(line, problem);
        }
        return directive;
    }

    private MalformedRevisionException strayStatement() {
        return malformed(
                lines.number(),
                directives.containsKey("irreversible")
                        ? "there is a statement after \"irreversible\", which has no section."
                                + " Move it into \"-- belay:upgrade\", or remove it."
                        : "there is a statement before the first section. Move it below \"-- belay:upgrade\".");
    }

    private MalformedRevisionException malformed(int line, String problem) {
        return new MalformedRevisionException(file.origin(), line, problem);
    }
}
