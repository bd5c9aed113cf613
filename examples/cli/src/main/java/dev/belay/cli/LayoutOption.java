package dev.belay.cli;

import dev.belay.layout.Layout;
import dev.belay.layout.Layouts;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.liquibase.LiquibaseChangelog;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a directory of revisions is laid out, as {@code --layout} says it. */
record LayoutOption(String name) {
    static final String AUTO = "auto";

    private static final String BELAY = "belay";
    private static final String ALEMBIC = "alembic";
    private static final String LIQUIBASE = "liquibase";
    private static final Set<String> OTHERS = Set.of(AUTO, BELAY, ALEMBIC, LIQUIBASE);

    /** Refuses a name that isn't known. */
    void check() {
        if (!OTHERS.contains(name) && Layouts.named(name).isEmpty()) {
            throw new UsageException("--layout " + name + " is unknown; there are " + names());
        }
    }

    private static String names() {
        return Stream.concat(
                                Stream.of(AUTO, BELAY, ALEMBIC, LIQUIBASE),
                                Layouts.all().stream().map(Layout::name))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** The revisions of a directory. */
    RevisionSource source(Path directory) {
        return name.equals(AUTO) ? called(detected(directory), directory) : called(name, directory);
    }

    private static RevisionSource called(String name, Path directory) {
        return switch (name) {
            case ALEMBIC -> Alembic.in(directory);
            case LIQUIBASE -> LiquibaseChangelog.in(directory);
            default ->
                Layouts.named(name)
                        .map(layout -> Layouts.in(directory, layout))
                        .orElseGet(() -> Revisions.in(directory));
        };
    }

    private static String detected(Path directory) {
        List<String> found = new ArrayList<>(
                Layouts.recognising(directory).stream().map(Layout::name).toList());
        if (Alembic.isIn(directory)) {
            found.add(ALEMBIC);
        }
        if (LiquibaseChangelog.isIn(directory)) {
            found.add(LIQUIBASE);
        }
        if (found.size() > 1) {
            throw new UsageException("The directory " + directory + " could have the layouts "
                    + String.join(" and ", found) + ". Nothing was touched. Name one with --layout.");
        }
        return found.isEmpty() ? BELAY : found.get(0);
    }
}
