package dev.belay.postgres.preflight;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.postgres.validation.internal.Names;
import dev.belay.validation.Finding;
import java.sql.SQLException;
import java.util.List;

/** Looks at invalid indexes and constraints that are NOT VALID. */
record CatalogFlaws() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "catalog-flaws",
            "invalid indexes and constraints that are NOT VALID",
            "minor",
            "one query of the catalog",
            "REINDEX INDEX CONCURRENTLY, or VALIDATE CONSTRAINT.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    private static final String FLAWS = """
            SELECT 'index ' || i.indexrelid::regclass::text AS name FROM pg_index i
            WHERE NOT i.indisvalid AND NOT EXISTS (
                SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            UNION ALL
            SELECT 'constraint "' || c.conname || '" of ' || c.conrelid::regclass::text FROM pg_constraint c
            WHERE NOT c.convalidated AND c.conparentid = 0 AND c.conrelid <> 0
            ORDER BY name
            """;

    @Override
    public List<Finding> look(Situation situation) throws SQLException {
        List<String> names = situation.catalog().rows(FLAWS, row -> Catalog.text(row, "name"));
        return names.isEmpty()
                ? List.of()
                : List.of(minor("not valid before the change: " + Names.firstFew(names, names.size()) + "."));
    }
}
