package dev.belay.postgres.preflight;

import dev.belay.BelayException;
import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.ServerWords;
import dev.belay.run.Preflight;
import dev.belay.run.PreflightContext;
import dev.belay.validation.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks before a run on PostgreSQL: a dozen set-based queries of the catalog and the statistics, no table is read.
 *
 * <p>Changes nothing and takes no lock beyond a read of the catalog. A check that can't be made is a minor finding and doesn't
 * hide the others. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class PostgresPreflight implements Preflight {
    private static final PreflightCheck CONNECTION = new PreflightCheck(
            "connection",
            "whether the database can be reached with the given role",
            "critical when it can't",
            "one connection",
            "Check the host, the port, the role and its password, and pg_hba.conf.");

    private static final List<Check> CHECKS = List.of(
            new ServerVersion(),
            new Writable(),
            new Pooler(),
            new Programs(),
            new Privileges(),
            new ReadableTables(),
            new ForeignOwners(),
            new BackupSpace(),
            new ServerSpace(),
            new FreeConnections(),
            new BusySessions(),
            new PreparedTransactions(),
            new Replication(),
            new CatalogFlaws(),
            new Extensions(),
            new HistoryAndFiles());

    /** The checks in their order, for documentation. */
    public static List<PreflightCheck> checks() {
        List<PreflightCheck> all = new ArrayList<>();
        all.add(CONNECTION);
        CHECKS.forEach(check -> all.add(check.about()));
        return List.copyOf(all);
    }

    /** It keeps nothing. */
    public PostgresPreflight() {}

    @Override
    public List<Finding> check(PreflightContext context) {
        try (Connection connection = context.database().connect(context.cancellation())) {
            var catalog = new Catalog(connection);
            return look(new Situation(context, connection, catalog, ServerFacts.ask(catalog)));
        } catch (SQLException e) {
            context.cancellation().check();
            return List.of(Finding.critical(
                    CONNECTION.id(),
                    context.database().location() + " can't be asked: " + ServerWords.of(e) + ".",
                    CONNECTION.wayOut()));
        } catch (BelayException e) {
            context.cancellation().check();
            return List.of(Finding.critical(CONNECTION.id(), String.valueOf(e.getMessage()), CONNECTION.wayOut()));
        }
    }

    private static List<Finding> look(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : CHECKS) {
            situation.context().cancellation().check();
            try {
                findings.addAll(check.look(situation));
            } catch (SQLException e) {
                situation.context().cancellation().check();
                findings.add(notMade(check, ServerWords.of(e)));
            } catch (RuntimeException e) {
                findings.add(notMade(check, e.getClass().getSimpleName()));
            }
        }
        return findings;
    }

    private static Finding notMade(Check check, String why) {
        return Finding.minor(
                check.about().id(),
                "could not be checked: " + why + ".",
                "Look yourself at " + check.about().looksAt() + ".");
    }

    @Override
    public String toString() {
        return "PostgresPreflight";
    }
}
