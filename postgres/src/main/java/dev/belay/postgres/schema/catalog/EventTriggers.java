package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** Event triggers. */
final class EventTriggers {
    private static final String EVENT_TRIGGER = String.join(
            ",\n",
            owner("o.evtowner"),
            securityLabels("pg_event_trigger", "o.oid"),
            "o.evtevent AS event",
            "pg_catalog.array_to_string(o.evttags, ', ') AS tags",
            function("o.evtfoid", "function"),
            "CASE o.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled");

    private EventTriggers() {}

    static List<CatalogQuery> queries() {
        return List.of(Kinds.global("event trigger", "pg_event_trigger", EVENT_TRIGGER, "true"));
    }
}
