package dev.belay.postgres.flyway;

import dev.belay.layout.FlywayProperties;
import dev.belay.layout.FlywayVersion;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.Configuration;

/** The migrations that Flyway finds, in SQL and in Java, as revisions that only Flyway can run. */
final class FlywayRevisions {
    private static final Change RUN_BY_FLYWAY = Change.Code.runBy("Flyway");

    private static final Change NO_WAY_BACK =
            new Change.Irreversible("Flyway's community edition undoes nothing; only the restore leads back");

    private FlywayRevisions() {}

    static RevisionGraph read(Configuration configuration) {
        TreeMap<FlywayVersion, MigrationInfo> versioned = new TreeMap<>();
        TreeMap<String, MigrationInfo> repeatable = new TreeMap<>();
        for (MigrationInfo info : Flyway.configure(configuration.getClassLoader())
                .configuration(configuration)
                .load()
                .info()
                .all()) {
            if (!info.getState().isResolved()
                    || info.getType().isUndo()
                    || info.getType().isBaseline()
                    || info.getType().isSynthetic()) {
                continue;
            }
            if (info.getVersion() == null) {
                repeatable.put(info.getDescription(), info);
            } else {
                versioned.put(FlywayVersion.of(info.getVersion().getVersion()), info);
            }
        }
        List<Revision> revisions = new ArrayList<>();
        List<MigrationInfo> ladder = new ArrayList<>(versioned.values());
        ladder.addAll(repeatable.values());
        ladder.forEach(info -> revisions.add(revision(info, revisions)));
        return RevisionGraph.of(revisions);
    }

    private static Revision revision(MigrationInfo info, List<Revision> before) {
        Map<String, String> properties = new HashMap<>();
        properties.put(FlywayProperties.TYPE, info.getType().name());
        properties.put(FlywayProperties.SCRIPT, info.getScript());
        Integer checksum = info.getResolvedChecksum();
        properties.put(FlywayProperties.CHECKSUM, checksum == null ? "" : checksum.toString());
        if (info.getVersion() != null) {
            properties.put(FlywayProperties.VERSION, info.getVersion().getVersion());
        }
        String origin =
                info.getPhysicalLocation() == null || info.getPhysicalLocation().isEmpty()
                        ? info.getScript()
                        : info.getPhysicalLocation();
        return new Revision(
                id(info),
                before.isEmpty()
                        ? List.of()
                        : List.of(before.get(before.size() - 1).id()),
                info.getDescription(),
                origin,
                RUN_BY_FLYWAY,
                NO_WAY_BACK,
                properties);
    }

    /** As layout {@code flyway} calls it. */
    static String id(MigrationInfo info) {
        if (info.getVersion() != null) {
            return info.getVersion().getVersion();
        }
        String script = info.getScript();
        String name = script.substring(script.lastIndexOf('/') + 1);
        return name.endsWith(".sql") ? name.substring(0, name.length() - ".sql".length()) : name;
    }
}
