package dev.belay.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How the reports for people say things. */
final class Words {
    private Words() {}

    static String heads(List<String> ids) {
        return ids.isEmpty() ? "base" : String.join(", ", ids);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    /** A constant's name in lower case. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
