package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at whether the backup can read every table and sequence in full. */
record ReadableTables() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "readable-tables",
            "whether the backup can read every table and sequence in full",
            "critical when a backup is taken",
            "one query of the catalog",
            "Grant SELECT to the role (pg_read_all_data), and BYPASSRLS where row level security is on.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String UNREADABLE = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                  AND d.deptype = 'e')
              AND (NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_table_privilege(c.oid, 'SELECT')
                   OR (c.relrowsecurity AND row_security_active(c.oid)))
            ORDER BY name
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        if (!situation.backsUp()) {
            return List.of();
        }
        List<String> names = situation.catalog().rows(UNREADABLE, row -> Catalog.text(row, "name"));
        return names.isEmpty()
                ? List.of()
                : List.of(critical(
                        "the backup can't read all of " + Names.firstFew(names, names.size()) + ".", ABOUT.wayOut()));
    }
}
