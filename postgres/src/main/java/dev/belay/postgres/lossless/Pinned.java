package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SqlLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings under which a value's text is exact and the same in every session (as in pg_dump's), while Belay reads and writes rows. */
final class Pinned implements AutoCloseable {
    private static final Map<String, String> EXACT = new LinkedHashMap<>(Map.of(
            "TimeZone", "UTC",
            "DateStyle", "ISO, YMD",
            "IntervalStyle", "postgres",
            "extra_float_digits", "3",
            "bytea_output", "hex",
            // rather an error than rows that are silently left out
            "row_security", "off"));

    private final Server server;
    private final Map<String, String> before;

    private Pinned(Server server, Map<String, String> before) {
        this.server = server;
        this.before = before;
    }

    static Pinned in(Server server) throws FailedStatement {
        List<String> asked = new ArrayList<>();
        EXACT.keySet().forEach(name -> asked.add("pg_catalog.current_setting('" + name + "')"));
        Map<String, String> before = server.one("select " + String.join(", ", asked), row -> {
            Map<String, String> values = new LinkedHashMap<>();
            int at = 1;
            for (String name : EXACT.keySet()) {
                values.put(name, row.getString(at++));
            }
            return values;
        });
        set(server, EXACT);
        return new Pinned(server, before);
    }

    private static void set(Server server, Map<String, String> values) throws FailedStatement {
        List<String> sets = new ArrayList<>();
        values.forEach((name, value) ->
                sets.add("pg_catalog.set_config('" + name + "', " + SqlLiteral.text(value) + ", true)"));
        server.execute("select " + String.join(", ", sets));
    }

    /** Not to be called after a failure: the transaction's rollback takes the settings back. */
    @Override
    public void close() throws FailedStatement {
        set(server, before);
    }
}
