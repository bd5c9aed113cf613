package dev.belay.postgres.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Values of PostgreSQL's own types, as text: a few that are telling, and any number that differ. */
final class Scalars {
    /** Numbers of keys begin here: what a migration inserts itself begins at 1. */
    private static final int FIRST_KEY = 1_000_003;

    private static final int FIRST_SMALL_KEY = 20_003;

    /** How long a text without a limit gets: not so long that an index refuses it. */
    private static final int LONG = 300;

    /** A length or a precision is kept in the catalog with the size of a length word added (PostgreSQL: VARHDRSZ). */
    private static final int HEADER = 4;

    private final boolean unicode;

    /** For a database that can store any character, or only ASCII. */
    Scalars(boolean unicode) {
        this.unicode = unicode;
    }

    /** At the edges of what the type holds, but none that arithmetic on it would overflow: a change may compute. */
    List<String> telling(String type, int typmod) {
        return switch (type) {
            case "int2" -> List.of("0", "1", "-1", "127", "128", "1000");
            case "int4", "int8" -> List.of("0", "1", "-1", "42", "32767", "32768", "100000");
            case "numeric" -> numerics(typmod);
            case "float4", "float8" -> List.of("0", "0.5", "-1.25", "3", "100000", "0.001");
            case "bool" -> List.of("true", "false");
            case "text", "varchar", "bpchar", "name", "citext" -> texts(limit(type, typmod));
            case "bytea" -> List.of("\\x", "\\x00ff", "\\xdeadbeef");
            case "date" -> List.of("2024-02-29", "1970-01-01", "1999-12-31", "2099-12-31");
            case "time" -> List.of("00:00:00", "23:59:59.999999", "12:30:00");
            case "timetz" -> List.of("00:00:00+00", "23:59:59.999999-08", "12:30:00+05:30");
            case "timestamp" -> List.of("2024-02-29 23:59:59.999999", "1970-01-01 00:00:00", "2099-12-31 12:00:00");
            case "timestamptz" ->
                List.of("2024-02-29 23:59:59.999999+00", "1970-01-01 00:00:00+00", "2099-12-31 12:00:00+02");
            case "interval" -> List.of("1 day", "24:00:00", "1 mon -1 day", "00:00:00.000001", "-3 years", "0");
            case "uuid" -> List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
            case "inet" -> List.of("192.0.2.1", "2001:db8::1", "192.0.2.0/24");
            case "cidr" -> List.of("192.0.2.0/24", "2001:db8::/32");
            case "json", "jsonb" ->
                List.of("{\"a\": 1, \"b\": [true, null, \"" + (unicode ? "ü" : "u") + "\"]}", "{}", "{\"a\": null}");
            case "tsvector" -> List.of("'row':2 'sample':1A", "");
            case "tsquery" -> List.of("'row' & 'sample'", "!'gone'");
            case "lseg" -> List.of("[(0,0),(1,1)]");
            case "line" -> List.of("{1,-1,0}");
            case "polygon" -> List.of("((0,0),(1,0),(1,1))");
            case "path" -> List.of("[(0,0),(1,1)]", "((0,0),(1,1),(2,0))");
            case "xml" -> List.of("<a/>", "<a b=\"c\">d</a>");
            case "jsonpath" -> List.of("$.\"a\"", "$");
            case "bit", "varbit" -> List.of("1".repeat(bits(type, typmod)), "0".repeat(bits(type, typmod)));
            default -> type.startsWith("reg") ? List.of("-") : List.of();
        };
    }

    /** The value of this number: for different numbers different, as far as the type goes; ascending where it has an order. */
    String numbered(String type, int typmod, int number) {
        return switch (type) {
            case "int2" -> Integer.toString(FIRST_SMALL_KEY + number);
            case "int4", "int8", "oid", "xid", "xid8", "cid" -> Integer.toString(FIRST_KEY + number);
            case "numeric" -> numeric(typmod, number);
            case "float4", "float8" -> number + ".25";
            case "money" -> Integer.toString(1 + number);
            case "bool" -> Boolean.toString(number % 2 == 0);
            case "text", "varchar", "bpchar", "name", "citext" -> text(limit(type, typmod), number);
            case "char" -> Character.toString((char) ('a' + number % 26));
            case "bytea" -> String.format(Locale.ROOT, "\\x%08x", number);
            case "date" -> date(number);
            case "time" -> String.format(Locale.ROOT, "%02d:%02d:00", number / 60 % 24, number % 60);
            case "timetz" -> String.format(Locale.ROOT, "%02d:%02d:00+00", number / 60 % 24, number % 60);
            case "timestamp" -> date(number) + " 10:00:00";
            case "timestamptz" -> date(number) + " 10:00:00+00";
            case "interval" -> (number + 1) + " hours";
            case "uuid" -> String.format(Locale.ROOT, "5a3e1e00-0000-4000-8000-%012x", number + 1);
            case "inet" -> "198.51." + number / 250 % 250 + "." + (1 + number % 250);
            case "cidr" -> "10." + number % 250 + ".0.0/16";
            case "macaddr" -> String.format(Locale.ROOT, "08:00:2b:01:%02x:%02x", number / 256 % 256, number % 256);
            case "macaddr8" ->
                String.format(Locale.ROOT, "08:00:2b:01:02:03:%02x:%02x", number / 256 % 256, number % 256);
            case "json", "jsonb" -> "{\"n\": " + number + "}";
            case "point" -> "(" + number + ",0.5)";
            case "line" -> "{1,-1," + number + "}";
            case "lseg", "box" -> "(" + number + ".5,1),(" + number + ",0)";
            case "path" -> "[(" + number + ",0),(1,1)]";
            case "polygon" -> "((" + number + ",0),(1,1),(2,0))";
            case "circle" -> "<(" + number + ",0),1.5>";
            case "bit", "varbit" -> binary(bits(type, typmod), number);
            case "tsvector" -> "'sample" + number + "':1";
            case "tsquery" -> "'sample" + number + "'";
            case "xml" -> "<a>" + number + "</a>";
            case "jsonpath" -> "$.\"a" + number + "\"";
            case "pg_lsn" -> "0/" + Integer.toHexString(number + 16).toUpperCase(Locale.ROOT);
            case "tid" -> "(0," + (1 + number) + ")";
            case "pg_snapshot", "txid_snapshot" -> "10:" + (20 + number) + ":10";
            case "int2vector", "oidvector" -> "1 " + (1 + number);
            case "hstore" -> "\"a\"=>\"" + number + "\"";
            case "ltree" -> "sample.a" + number;
            // of a type that an extension brings along: some literal that many types read
            default -> type.startsWith("reg") ? "-" : UNKNOWN.get(number % UNKNOWN.size());
        };
    }

    private static final List<String> UNKNOWN =
            List.of("1", "(1,2)", "[1,2,3]", "{1}", "a", "", "POINT(1 2)", "1.2.3", "0");

    /** Whether every value for the type is one; of other types the server says what it reads. */
    boolean knows(String type) {
        return !UNKNOWN.contains(numbered(type, -1, 0));
    }

    private static String date(int number) {
        return java.time.LocalDate.of(2024, 1, 1).plusDays(number).toString();
    }

    /** How many characters fit; the catalog's typmod of these types is the limit and a header. */
    static int limit(String type, int typmod) {
        if (type.equals("name")) {
            return 63;
        }
        return typmod < HEADER ? Integer.MAX_VALUE : typmod - HEADER;
    }

    private static int bits(String type, int typmod) {
        return typmod > 0 ? typmod : type.equals("bit") ? 1 : 12;
    }

    private static String binary(int bits, int number) {
        String digits = Integer.toBinaryString(number);
        return digits.length() > bits
                ? digits.substring(digits.length() - bits)
                : "0".repeat(bits - digits.length()) + digits;
    }

    private List<String> texts(int limit) {
        List<String> all = List.of(
                unicode ? "Zoë ☂ Žluťoučký" : "Zoe Zlutoucky",
                "",
                "O'Brien \"quoted\" \\ 50%",
                "x".repeat(Math.min(limit, LONG)),
                unicode ? "שלום" : "shalom",
                "two\nlines");
        return all.stream().map(text -> cut(text, limit)).distinct().toList();
    }

    static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, text.offsetByCodePoints(0, limit));
    }

    private static String text(int limit, int number) {
        String whole = String.format(Locale.ROOT, "sample-%05d", number);
        if (whole.length() <= limit) {
            return whole;
        }
        String digits = Integer.toString(number, Character.MAX_RADIX);
        int room = Math.max(1, limit);
        return digits.length() >= room
                ? digits.substring(digits.length() - room)
                : "s".repeat(room - digits.length()) + digits;
    }

    private static int precision(int typmod) {
        return typmod < HEADER ? 20 : (typmod - HEADER) >> 16 & 0xffff;
    }

    /** Eleven bits with a sign (PostgreSQL: numeric_typmod_scale). */
    private static int scale(int typmod) {
        return typmod < HEADER ? 3 : ((typmod - HEADER) & 0x7ff ^ 1024) - 1024;
    }

    private static List<String> numerics(int typmod) {
        int scale = scale(typmod);
        int whole = precision(typmod) - scale;
        BigDecimal least = BigDecimal.ONE.movePointLeft(scale);
        // as many nines as fit, but no more than five before the point
        BigDecimal most = BigDecimal.ONE.movePointRight(Math.min(whole, 5)).subtract(least);
        return whole >= 1
                ? List.of("0", "1", "-1", least.toPlainString(), most.toPlainString())
                : List.of("0", least.toPlainString(), most.toPlainString());
    }

    private static String numeric(int typmod, int number) {
        int scale = scale(typmod);
        int whole = precision(typmod) - scale;
        return whole >= 3
                ? Integer.toString(100 + number)
                : BigDecimal.valueOf(1L + number).movePointLeft(scale).toPlainString();
    }
}
