package dev.belay.layout;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URI of a project, as Perl's URI writes it. */
final class SqitchUri {
    private static final Pattern ILLEGAL = Pattern.compile("[^;/?:@&=+$,\\[\\]A-Za-z0-9\\-_.!~*'()%#]");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]");
    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z][A-Za-z0-9.+-]*):(?://([^/?#@]*@)?([^/?#:]*)(?::([0-9]*))?)?([^?#]*)(.*)");

    /** Those whose canonical form has no port that is the default. */
    private static final Map<String, String> PORTS = Map.of("http", "80", "https", "443", "ftp", "21", "ssh", "22");

    private SqitchUri() {}

    /** With what may not stand in a URI escaped; this is what the registry holds. */
    static String escaped(String uri) {
        return ILLEGAL.matcher(uri).replaceAll(found -> {
            StringBuilder bytes = new StringBuilder();
            for (byte each : found.group().getBytes(StandardCharsets.UTF_8)) {
                bytes.append(String.format(Locale.ROOT, "%%%02X", each));
            }
            return bytes.toString();
        });
    }

    /** The form that ids are made of. */
    static String canonical(String uri) {
        String plain = ESCAPE.matcher(uri).replaceAll(found -> {
            String character = String.valueOf((char) Integer.parseInt(found.group(1), 16));
            return Matcher.quoteReplacement(
                    UNRESERVED.matcher(character).matches()
                            ? character
                            : found.group().toUpperCase(Locale.ROOT));
        });
        Matcher parts = PARTS.matcher(plain);
        if (!parts.matches()) {
            return plain;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String rest = plain.substring(parts.end(1));
        String host = parts.group(3);
        String usual = PORTS.get(scheme);
        if (host == null || usual == null) {
            return scheme + rest;
        }
        String user = parts.group(2) == null ? "" : parts.group(2);
        String port = parts.group(4);
        String path = parts.group(5);
        boolean web = scheme.startsWith("http");
        return scheme + "://" + user + host.toLowerCase(Locale.ROOT)
                + (port == null || port.isEmpty() || port.equals(usual) ? "" : ":" + port)
                + (web && path.isEmpty() && !parts.group(6).startsWith("?") ? "/" : path) + parts.group(6);
    }
}
