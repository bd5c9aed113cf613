package dev.belay.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations: {@code 300} and {@code 300s} are seconds, {@code 5m}, {@code 2h}, {@code 500ms}. */
final class Durations implements ITypeConverter<Duration> {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,9})(ms|s|m|h)?");

    @Override
    public Duration convert(String value) {
        Matcher matcher = GRAMMAR.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not a duration: write 300, 30s, 5m, 2h or 500ms");
        }
        long number = Long.parseLong(matcher.group(1));
        if (number == 0) {
            throw new TypeConversionException("'" + value + "' is no time at all: a timeout must be positive");
        }
        return switch (Objects.requireNonNullElse(matcher.group(2), "s")) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
