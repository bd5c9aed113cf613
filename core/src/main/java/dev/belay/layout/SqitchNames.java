package dev.belay.layout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The patterns of a plan's lines (Plan.pm, Plan/Depend.pm). */
final class SqitchNames {
    /** Blanks, digits and words are those of Unicode, and a line ends at a line feed only. */
    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;

    private static final String PUNCTUATION = "-!\"\\#$%&'()*+,./:;<=>?@\\[\\]^`{|}~";

    private static final String NAME =
            "(?![" + PUNCTUATION + "])(?:(?![~/=%^]\\d+(?:$|\\h))[^\\h:@\\#\\\\])+(?<![" + PUNCTUATION + "])\\b";

    /** An empty line, or one that is a note alone. */
    private static final Pattern BLANK = Pattern.compile("\\h*(?:\\#\\h*(?<note>.+)|$)", FLAGS);

    private static final Pattern NOTE = Pattern.compile("\\h*(?:\\#\\h*(?<note>.*))?$", FLAGS);

    private static final Pattern PRAGMA = Pattern.compile(
            "\\h*%\\h*(?<name>[^" + PUNCTUATION + "](?:[^\\h=]*?[^" + PUNCTUATION + "\\h])?)"
                    + "(?:\\h*=\\h*(?<value>.+))?",
            FLAGS);

    private static final Pattern ENTRY = Pattern.compile(
            "\\h*(?:(?<tag>@)|\\h*[+-]\\h*)?(?<name>" + NAME + ")\\h*(?:\\[(?<dependencies>[^\\]]+)\\]\\h*)?"
                    + "(?:(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)\\h*)?"
                    + "(?:(?<planner>[^<]+)\\h+<(?<email>[^>]+)>)?",
            FLAGS);

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private static final Pattern DEPENDENCY = Pattern.compile(
            "(?<not>!?)(?:(?<project>" + NAME + "):)?(?:(?<id>[0-9a-f]{40})|(?<change>" + NAME + ")?(?:@(?<tag>" + NAME
                    + "))?)",
            FLAGS);

    private static final Pattern WHOLE = Pattern.compile(NAME, FLAGS);

    private SqitchNames() {}

    /** What is left of a line without its note, and the note. */
    record Noted(String line, String note) {}

    /** The note of a line that has nothing else; nothing when it has. */
    static Optional<String> blank(String line) {
        Matcher blank = BLANK.matcher(line);
        if (!blank.lookingAt()) {
            return Optional.empty();
        }
        String note = blank.group("note");
        return Optional.of(note == null ? "" : unescaped(note));
    }

    static Noted noted(String line) {
        Matcher note = NOTE.matcher(line);
        if (!note.find()) {
            return new Noted(line, "");
        }
        String text = note.group("note");
        return new Noted(line.substring(0, note.start()), text == null ? "" : unescaped(text));
    }

    /** Line.pm: without blanks around it, and with its line ends. */
    private static String unescaped(String note) {
        String trimmed = Pattern.compile("\\A\\s+|\\s+\\z", FLAGS).matcher(note).replaceAll("");
        return Pattern.compile("\\\\([\\\\nr])").matcher(trimmed).replaceAll(found -> switch (found.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            default -> "\\\\";
        });
    }

    static Matcher pragma(String line) {
        return PRAGMA.matcher(line);
    }

    static Matcher entry(String line) {
        return ENTRY.matcher(line);
    }

    /** Whether there is a time anywhere in it. */
    static boolean hasTime(String line) {
        return TIME.matcher(line).find();
    }

    static Matcher dependency(String text) {
        return DEPENDENCY.matcher(text);
    }

    static boolean isName(String text) {
        return WHOLE.matcher(text).matches();
    }
}
