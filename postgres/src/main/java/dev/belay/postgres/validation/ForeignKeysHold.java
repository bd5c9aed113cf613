package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every foreign key is looked at, row by row.
 *
 * @param call the factory's name
 * @param tables whose keys; of all tables when there is none
 */
record ForeignKeysHold(String call, List<String> tables) implements Validator {
    /** A query longer than this makes no good last line of a message. */
    private static final int READABLE = 400;

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        return Look.at(context, name(), connection -> findings(context, connection));
    }

    private List<Finding> findings(ValidationContext context, Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        if (!tables.isEmpty()) {
            for (Finding missing : new TablesExist(tables).missing(connection)) {
                findings.add(Finding.critical(name(), missing.message(), missing.wayOut()));
            }
        }
        List<ForeignKey> keys = ForeignKey.of(connection, tables);
        for (OrphanCount count : new OrphanSearch(context, keys).run(connection)) {
            count.failure()
                    .ifPresent(why -> findings.add(Finding.critical(
                            name(),
                            count.label() + " could not be checked: " + why + ".",
                            "Let Belay connect with a role that may read both tables.")));
            if (count.orphans() > 0) {
                findings.add(orphans(count));
            }
        }
        keys.stream()
                .filter(ForeignKey::temporal)
                .forEach(key -> findings.add(Finding.minor(
                        name(),
                        OrphanCount.label(key) + " was not checked: it is temporal (PERIOD).",
                        "Check it with Query.isEmpty.")));
        return findings;
    }

    private Finding orphans(OrphanCount count) {
        String query = count.key().query();
        return Finding.critical(
                name(),
                count.label() + " does not hold: " + count.orphans()
                        + (count.orphans() == 1 ? " row has" : " rows have") + " no match in "
                        + count.key().parent() + ".",
                query.length() <= READABLE
                        ? "Find them by " + query + ", then delete or correct them."
                        : "Delete or correct them.");
    }

    @Override
    public boolean isInvariant() {
        return true;
    }

    @Override
    public String name() {
        return call;
    }

    @Override
    public String toString() {
        return call + "(" + Names.asArguments(tables) + ")";
    }
}
