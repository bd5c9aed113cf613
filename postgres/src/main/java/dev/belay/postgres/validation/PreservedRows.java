package dev.belay.postgres.validation;

import dev.belay.postgres.observation.RowDifference;
import dev.belay.postgres.observation.RowDifference.Kind;
import dev.belay.postgres.observation.RowPicture;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The validator of {@link Rows#preserved}, to which exceptions can be declared. Immutable and thread-safe. @since 0.1 */
public final class PreservedRows implements Validator {
    private static final String NAME = "Rows.preserved";
    private final List<String> exceptions;

    PreservedRows(List<String> exceptions) {
        this.exceptions = List.copyOf(exceptions);
    }

    /**
     * Declares what the change is meant to do; none by default, each call adds to those before.
     *
     * @param names qualified tables whose rows may change or go, {@code audit.events}, and columns whose values may,
     *     {@code public.users.name}; quoted where needed, as the findings print them
     * @throws IllegalArgumentException when a name is blank, there twice or not qualified
     */
    public PreservedRows except(String... names) {
        List<String> all = new ArrayList<>(exceptions);
        all.addAll(List.of(names));
        if (all.isEmpty()) {
            return this;
        }
        Names.checked(NAME + "().except", all.get(0), all.subList(1, all.size()).toArray(String[]::new));
        for (String name : names) {
            if (name.indexOf('.') < 0) {
                throw new IllegalArgumentException(
                        NAME + "().except(\"" + name + "\"): name the schema too, as in \"public." + name + "\"");
            }
        }
        return new PreservedRows(all);
    }

    @Override
    public Map<String, String> remember(ValidationContext context) throws SQLException {
        return Look.through(
                context, connection -> RowPicture.of(connection, context).toTexts());
    }

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        Map<String, String> before = context.remembered();
        if (before.isEmpty()) {
            context.note(
                    this + " compares before and after a change; nothing was read before, so nothing was compared.");
            return List.of();
        }
        return Look.at(
                context,
                NAME,
                connection -> RowPicture.remembered(before).differencesIn(connection, context).stream()
                        .filter(difference -> !isExcepted(difference))
                        .map(PreservedRows::finding)
                        .toList());
    }

    private boolean isExcepted(RowDifference difference) {
        return exceptions.contains(difference.table()) || exceptions.contains(difference.object());
    }

    private static Finding finding(RowDifference difference) {
        String message = difference.description() + ".";
        return difference.kind() == Kind.NOT_COMPARED
                ? Finding.minor(NAME, message, "Compare it yourself, by Query.isTrue for instance.")
                : Finding.critical(
                        NAME,
                        message,
                        "If the change means to do that, say so: Rows.preserved().except(\"" + difference.object()
                                + "\"). Else look for its UPDATE, DELETE or INSERT, and for writers that were not"
                                + " stopped.");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String toString() {
        return NAME + "()" + (exceptions.isEmpty() ? "" : ".except(" + Names.asArguments(exceptions) + ")");
    }
}
