package dev.belay.postgres.sample;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes texts that match a regular expression of the plain kind: literals, classes, groups, alternatives and repetitions.
 * What it doesn't know it gives no text for; whether a text matches, the server says.
 */
final class Matching {
    private static final int TRIES = 12;

    /** How many more than the least a repetition without an end gets. */
    private static final int MORE = 4;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    private final String pattern;
    private final Random random;
    private int at;

    private Matching(String pattern, Random random) {
        this.pattern = pattern;
        this.random = random;
    }

    static List<String> some(String pattern, Random random) {
        Set<String> found = new LinkedHashSet<>();
        try {
            for (int i = 0; i < TRIES; i++) {
                found.add(new Matching(pattern, random).alternatives());
            }
        } catch (UnsupportedOperationException | IndexOutOfBoundsException | NumberFormatException e) {
            return List.copyOf(found);
        }
        return List.copyOf(found);
    }

    /** Up to the end or a closing bracket: all are read, one is taken. */
    private String alternatives() {
        List<String> all = new ArrayList<>();
        all.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            all.add(sequence());
        }
        return all.get(random.nextInt(all.size()));
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            int begin = at;
            String once = atom();
            int end = at;
            int times = repetition();
            int after = at;
            for (int i = 0; i < times; i++) {
                text.append(i == 0 ? once : again(begin, end));
            }
            at = after;
        }
        return text.toString();
    }

    private String again(int begin, int end) {
        at = begin;
        String text = atom();
        if (at != end) {
            throw new UnsupportedOperationException("the same piece reads otherwise");
        }
        return text;
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> one(LETTERS);
            case '[' -> one(bracket());
            case '\\' -> escape(pattern.charAt(at++));
            case '(' -> group();
            default -> Character.toString(c);
        };
    }

    private String group() {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (pattern.charAt(at) == '?') {
            throw new UnsupportedOperationException("lookaround");
        }
        String text = alternatives();
        at++;
        return text;
    }

    private String escape(char c) {
        if ("mMyYAZbB".indexOf(c) >= 0) {
            return "";
        }
        if (DIGITS.indexOf(c) >= 0) {
            throw new UnsupportedOperationException("reference");
        }
        return one(shorthand(c));
    }

    private static String shorthand(char c) {
        return switch (c) {
            case 'd' -> DIGITS;
            case 'w', 'S', 'D' -> LETTERS;
            case 's' -> " ";
            case 'W' -> "-";
            default -> Character.toString(c);
        };
    }

    /** The characters of a bracket expression, or those letters and digits that it excludes nothing of. */
    private String bracket() {
        boolean negated = pattern.charAt(at) == '^';
        at += negated ? 1 : 0;
        StringBuilder members = new StringBuilder();
        for (boolean first = true; first || pattern.charAt(at) != ']'; first = false) {
            if (pattern.startsWith("[:", at)) {
                int end = pattern.indexOf(":]", at);
                members.append(named(pattern.substring(at + 2, end)));
                at = end + 2;
            } else if (pattern.charAt(at) == '\\') {
                members.append(shorthand(pattern.charAt(at + 1)));
                at += 2;
            } else if (pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']') {
                for (char c = pattern.charAt(at); c <= pattern.charAt(at + 2); c++) {
                    members.append(c);
                }
                at += 3;
            } else {
                members.append(pattern.charAt(at++));
            }
        }
        at++;
        if (!negated) {
            return members.toString();
        }
        StringBuilder others = new StringBuilder();
        (LETTERS + DIGITS + "-_ ")
                .chars()
                .filter(c -> members.indexOf(Character.toString(c)) < 0)
                .forEach(others::appendCodePoint);
        return others.toString();
    }

    private static String named(String name) {
        return switch (name) {
            case "digit" -> DIGITS;
            case "upper" -> LETTERS.toUpperCase(java.util.Locale.ROOT);
            case "alpha", "lower" -> LETTERS;
            case "alnum" -> LETTERS + DIGITS;
            case "xdigit" -> DIGITS + "abcdef";
            case "space", "blank" -> " ";
            case "punct" -> "-.,";
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private int repetition() {
        if (at >= pattern.length()) {
            return 1;
        }
        int times = switch (pattern.charAt(at)) {
            case '*' -> between(0, MORE);
            case '+' -> between(1, 1 + MORE);
            case '?' -> between(0, 1);
            case '{' -> counted();
            default -> -1;
        };
        if (times < 0) {
            return 1;
        }
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            at++;
        }
        return times;
    }

    private int counted() {
        int end = pattern.indexOf('}', at);
        String[] bounds = pattern.substring(at + 1, end).split(",", -1);
        at = end;
        int least = Integer.parseInt(bounds[0]);
        if (bounds.length == 1) {
            return least;
        }
        return between(least, bounds[1].isEmpty() ? least + MORE : Integer.parseInt(bounds[1]));
    }

    private int between(int least, int most) {
        return least + random.nextInt(Math.min(most, least + MORE) - least + 1);
    }

    private String one(String of) {
        return Character.toString(of.charAt(random.nextInt(of.length())));
    }
}
