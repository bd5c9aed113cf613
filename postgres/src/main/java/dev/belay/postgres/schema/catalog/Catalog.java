package dev.belay.postgres.schema.catalog;

import java.util.List;
import java.util.stream.Stream;

/** All queries of a snapshot. */
public final class Catalog {
    private Catalog() {}

    /**
     * The queries for a server, in the order in which two sessions share them best: the most expensive ones first, but the
     * constraints when the session that read the indexes is free again, since it knows the relations by then.
     *
     * @param version as in server_version_num
     */
    public static List<CatalogQuery> queries(int version) {
        return Stream.of(
                        Constraints.indexes(),
                        Columns.queries(version),
                        Relations.queries(),
                        Privileges.queries(),
                        Constraints.queries(),
                        Attached.queries(),
                        Routines.queries(),
                        Types.queries(),
                        Operators.queries(),
                        Casts.queries(),
                        TextSearch.queries(),
                        ForeignData.queries(),
                        Replication.queries(version),
                        EventTriggers.queries(),
                        Schemas.queries())
                .flatMap(List::stream)
                .toList();
    }
}
