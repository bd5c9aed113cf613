package dev.belay.postgres.schema.catalog;

import java.util.List;
import java.util.stream.Stream;

/** All queries of a snapshot. */
public final class Catalog {
    private Catalog() {}

    /**
     * The queries for a server; the most expensive ones first.
     *
     * @param version as in server_version_num
     */
    public static List<CatalogQuery> queries(int version) {
        return Stream.of(
                        Constraints.queries(),
                        Columns.queries(version),
                        Relations.queries(),
                        Attached.queries(),
                        Routines.queries(),
                        Types.queries(),
                        Operators.queries(),
                        Casts.queries(),
                        TextSearch.queries(),
                        ForeignData.queries(),
                        Replication.queries(version),
                        EventTriggers.queries(),
                        Schemas.queries(),
                        Privileges.queries())
                .flatMap(List::stream)
                .toList();
    }
}
