package dev.belay.run.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether an object of a schema can be a trace of some scripts. In doubt it is one. */
final class SchemaTraces {
    private static final Pattern ARGUMENTS = Pattern.compile("\\(.*\\)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}_$]+");

    private SchemaTraces() {}

    /**
     * Whether it is what the scripts touch when nothing fails, or lies in it, or around it; or has a name that they have, as
     * something has which they would have dropped again.
     *
     * @param object its name, qualified, as a {@link dev.belay.database.SchemaDifference} has it
     * @param touched objects of the same kind of name
     * @param words of the scripts, in lower case
     */
    static boolean isOf(String object, Set<String> touched, Set<String> words) {
        if (touched.stream().anyMatch(each -> isIn(object, each) || isIn(each, object))) {
            return true;
        }
        String[] names =
                BETWEEN_WORDS.split(ARGUMENTS.matcher(object).replaceAll("").toLowerCase(Locale.ROOT));
        return Arrays.stream(names, names.length > 1 ? 1 : 0, names.length) // the schema's own name is in many scripts
                .anyMatch(words::contains);
    }

    private static boolean isIn(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }
}
