package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at whether a copy can have the database's extensions. */
record Extensions() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "extensions",
            "whether a copy can have the database's extensions",
            "critical when one isn't installed on the server or the role may not create it; minor for another version",
            "one query that reads the extensions' control files; only when a copy is made",
            "Install the extension's package on the server, or connect as a role that may create it.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String INSTALLED = """
            SELECT e.extname AS name, e.extversion AS version, coalesce(a.default_version, '') AS fresh,
                   coalesce(bool_or(v.superuser AND NOT v.trusted), false) AS superuser_only
            FROM pg_extension e
            LEFT JOIN pg_available_extensions a ON a.name = e.extname
            LEFT JOIN pg_available_extension_versions v ON v.name = e.extname AND v.version = a.default_version
            WHERE e.extname <> 'plpgsql'
            GROUP BY 1, 2, 3 ORDER BY 1
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        if (!situation.makesDatabases()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        situation
                .catalog()
                .rows(
                        INSTALLED,
                        row -> finding(
                                "extension \"" + Catalog.text(row, "name") + "\"",
                                Catalog.text(row, "version"),
                                Catalog.text(row, "fresh"),
                                Catalog.flag(row, "superuser_only")
                                        && !situation.facts().superuser()))
                .forEach(findings::addAll);
        return findings;
    }

    private List<Finding> finding(String extension, String version, String fresh, boolean refused) {
        if (fresh.isEmpty()) {
            return List.of(critical(extension + " is no longer available: a copy can't have it.", ABOUT.wayOut()));
        }
        if (refused) {
            return List.of(
                    critical(extension + " can only be created by a superuser, so not in a copy.", ABOUT.wayOut()));
        }
        return fresh.equals(version)
                ? List.of()
                : List.of(minor(extension + " is of version " + version + "; a copy gets " + fresh + "."));
    }
}
