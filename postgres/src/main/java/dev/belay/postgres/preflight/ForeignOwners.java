package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at tables that belong to roles that this one is no member of. */
record ForeignOwners() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "owners",
            "tables that belong to roles that this one is no member of",
            "minor",
            "one query of the catalog",
            "Grant the role membership in their owners, if the change touches these tables.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String FOREIGN = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND NOT pg_has_role(c.relowner, 'USAGE')
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                  AND d.deptype = 'e')
            ORDER BY name
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        List<String> names = situation.catalog().rows(FOREIGN, row -> Catalog.text(row, "name"));
        return names.isEmpty()
                ? List.of()
                : List.of(minor("a change of tables of other roles would be refused: "
                        + Names.firstFew(names, names.size()) + "."));
    }
}
