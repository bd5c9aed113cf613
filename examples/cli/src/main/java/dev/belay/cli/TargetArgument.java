package dev.belay.cli;

import dev.belay.revision.Target;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads targets. {@code -1} looks like an option to the parser, so its sign is replaced before parsing by the minus that
 * typographers use, and put back here.
 */
final class TargetArgument implements ITypeConverter<Target> {
    private static final Pattern STEPS_DOWN = Pattern.compile("-[0-9]{1,6}");
    private static final char MINUS = '\u2212';

    /** The arguments with every {@code -N} made into something that is no option. */
    static String[] protect(List<String> arguments) {
        return arguments.stream()
                .map(each -> STEPS_DOWN.matcher(each).matches() ? MINUS + each.substring(1) : each)
                .toArray(String[]::new);
    }

    @Override
    public Target convert(String value) {
        return Target.of(value.replace(MINUS, '-'));
    }
}
