package dev.belay.cli;

import dev.belay.rollback.RollbackStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code upgrade} and {@code downgrade}. */
final class RunOptions {
    @Option(
            names = "--dry-run",
            order = 1,
            description = "Write the SQL that would run to standard output, as input for psql. Touches nothing.")
    boolean dryRun;

    @Option(
            names = "--skip-backup",
            paramLabel = "REASON",
            arity = "0..1",
            fallbackValue = "",
            order = 2,
            description = "Take no backup: there is no way back by restore then. The reason goes on record;"
                    + " in production there must be one.")
    @Nullable
    String skipBackup;

    @Option(
            names = "--skip-test",
            paramLabel = "REASON",
            arity = "0..1",
            fallbackValue = "",
            order = 3,
            description =
                    "Don't try the change on a copy first. The reason goes on record; in production there must be one.")
    @Nullable
    String skipTest;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            arity = "0..1",
            fallbackValue = "",
            order = 4,
            description = "Go on over findings of the preflight and a failed test run; never over a failed backup."
                    + " The reason goes on record; in production there must be one.")
    @Nullable
    String force;

    @Option(
            names = "--rollback",
            paramLabel = "WAYS",
            converter = Ways.class,
            order = 5,
            description = "The ways back after a failure that the transaction can't undo, in their order:"
                    + " downgrade,restore (the default), one of them, or none.")
    @Nullable
    RollbackStrategy rollback;

    Optional<String> skipBackup() {
        return Optional.ofNullable(skipBackup);
    }

    Optional<String> skipTest() {
        return Optional.ofNullable(skipTest);
    }

    Optional<String> force() {
        return Optional.ofNullable(force);
    }

    Optional<RollbackStrategy> rollback() {
        return Optional.ofNullable(rollback);
    }

    /** Reads {@code downgrade,restore}. */
    static final class Ways implements ITypeConverter<RollbackStrategy> {
        @Override
        public RollbackStrategy convert(String value) {
            if (value.equals("none")) {
                return RollbackStrategy.none();
            }
            List<String> names =
                    Arrays.stream(value.split(",", -1)).map(String::strip).toList();
            if (names.stream().distinct().count() < names.size()) {
                throw new TypeConversionException("'" + value + "' names a way back twice");
            }
            return names.stream()
                    .map(name -> way(name, value))
                    .reduce(RollbackStrategy::orElse)
                    .orElseThrow();
        }

        private static RollbackStrategy way(String name, String value) {
            return switch (name) {
                case "downgrade" -> RollbackStrategy.downgrade();
                case "restore" -> RollbackStrategy.restore();
                default ->
                    throw new TypeConversionException("'" + value
                            + "' is not an order of ways back: write downgrade,restore, one of them, or none");
            };
        }
    }
}
