package dev.belay.postgres.sample;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that the constants in a condition suggest: those that it names, and those just beside. */
final class Constants {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<op>!?~~?\\*?)?\\s*\\(?(?:'(?<text>(?:[^']|'')*)'|(?<![\\w.\"])(?<number>-?\\d+(?:\\.\\d+)?))");

    /** What conditions on texts often ask for, whatever they call it. */
    private static final List<String> SHAPES = List.of(
            "sample@example.org",
            "https://example.org/sample",
            "+15550100001",
            "12345",
            "7",
            "A",
            "a",
            "AB",
            "ABC",
            "abc",
            "sample-one",
            "sample_one",
            "SampleOne",
            "1.2.3",
            "12:30",
            "2024-02-29",
            "#1a2b3c",
            "en-US",
            "{}",
            "192.0.2.1",
            "0123456789abcdef0123456789abcdef",
            "5a3e1e00-0000-4000-8000-000000000001");

    /** How far around a constant values are tried: a partition of a range needs more than one. */
    private static final int AROUND = 8;

    /** Numbers in a condition on a text are taken for its length up to here. */
    private static final int LONGEST = 2_000;

    private final String condition;
    private final Random random;

    Constants(String condition, Random random) {
        // the bound of a partition by hash names its table by a number that is another one in each database
        this.condition = condition.replaceAll("'\\d+'::oid", "");
        this.random = random;
    }

    /** Whether the SQL has this name in it, as quoted as it is passed. */
    static boolean name(String sql, String name) {
        return Pattern.compile("(?<![\\w\"])" + Pattern.quote(name) + "(?![\\w\"])")
                .matcher(sql)
                .find();
    }

    /** For a column of this type. */
    List<String> suggest(String type, int typmod) {
        return switch (type) {
            case "int2", "int4", "int8", "numeric", "float4", "float8", "money", "oid" -> numbers(type);
            case "text", "varchar", "bpchar", "citext", "name" -> texts(Scalars.limit(type, typmod));
            case "date", "timestamp", "timestamptz" -> dates();
            default -> strings();
        };
    }

    /** Whether all that is suggested for the type can be read by it. */
    static boolean areSure(String type) {
        return switch (type) {
            case "int4", "int8", "float8", "text", "varchar", "bpchar", "date", "timestamp", "timestamptz" -> true;
            default -> false;
        };
    }

    private List<String> numbers(String type) {
        Set<String> found = new LinkedHashSet<>();
        List<BigDecimal> constants = new ArrayList<>();
        Matcher token = TOKEN.matcher(condition);
        while (token.find()) {
            String number = token.group("number") == null ? token.group("text") : token.group("number");
            for (String one : parts(number)) {
                if (one.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
                    constants.add(new BigDecimal(one));
                }
            }
        }
        boolean whole = type.startsWith("int") || type.equals("oid");
        constants.forEach(one -> found.add(plain(one, whole)));
        for (int i = 1; i < constants.size(); i++) {
            found.add(plain(constants.get(i - 1).add(constants.get(i)).multiply(new BigDecimal("0.5")), whole));
        }
        for (BigDecimal one : constants) {
            for (int i = -2; i <= AROUND; i++) {
                found.add(plain(one.add(BigDecimal.valueOf(i)), whole));
            }
            found.add(plain(one.add(new BigDecimal("0.01")), whole));
        }
        return List.copyOf(found);
    }

    private static String plain(BigDecimal number, boolean whole) {
        BigDecimal rounded = whole ? number.setScale(0, java.math.RoundingMode.FLOOR) : number;
        return rounded.toPlainString();
    }

    private List<String> texts(int limit) {
        Set<String> found = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(condition);
        while (token.find()) {
            if (token.group("number") != null) {
                lengths(token.group("number")).forEach(found::add);
            } else {
                String text = token.group("text").replace("''", "'");
                String operator = token.group("op") == null ? "" : token.group("op");
                found.addAll(like(text, operator));
                found.add(text);
                found.addAll(parts(text));
            }
        }
        found.addAll(SHAPES);
        return found.stream().filter(text -> text.length() <= limit).toList();
    }

    /** Texts that match the pattern, where it is one. */
    private List<String> like(String pattern, String operator) {
        if (operator.contains("~~")) {
            return List.of(
                    pattern.replace("%", "").replace('_', 'x'),
                    pattern.replace("%", "sample").replace('_', 'x'),
                    pattern.replace("%", "1").replace('_', '1'));
        }
        return operator.startsWith("~") ? Matching.some(pattern, random) : List.of();
    }

    private static List<String> lengths(String number) {
        BigDecimal length = new BigDecimal(number);
        if (length.signum() < 0 || length.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
            return List.of();
        }
        int n = length.intValue();
        return List.of("s".repeat(n), "7".repeat(n), "s".repeat(n + 1), "s".repeat(Math.max(0, n - 1)), number);
    }

    private List<String> dates() {
        Set<String> found = new LinkedHashSet<>();
        for (String text : strings()) {
            day(text).ifPresent(day -> {
                found.add(text);
                for (int i = -1; i <= AROUND; i++) {
                    found.add(day.plusDays(i).toString());
                }
                found.add(day.plusMonths(5).toString());
            });
        }
        return List.copyOf(found);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<String> strings() {
        Set<String> found = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(condition);
        while (token.find()) {
            if (token.group("text") != null) {
                found.add(token.group("text").replace("''", "'"));
            }
        }
        return List.copyOf(found);
    }

    /** The elements, where a constant is an array: {@code '{a,b}'}. */
    private static List<String> parts(String text) {
        return text.startsWith("{") && text.endsWith("}")
                ? List.of(text.substring(1, text.length() - 1).replace("\"", "").split(","))
                : List.of(text);
    }
}
