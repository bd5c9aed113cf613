package dev.belay.postgres.history;

import dev.belay.layout.Layouts;
import dev.belay.postgres.revision.BelayHistory;
import dev.belay.postgres.revision.HistoryTable;
import java.util.Map;

/** The history table that goes with a layout. */
public final class HistoryTables {
    private static final Map<String, HistoryTable> BY_LAYOUT = Map.ofEntries(
            Map.entry("belay", new BelayHistory()),
            Map.entry(Layouts.GOLANG_MIGRATE.name(), new GolangMigrateHistory()),
            Map.entry(Layouts.DBMATE.name(), new DbmateHistory()),
            Map.entry(Layouts.GOOSE.name(), new GooseHistory()),
            Map.entry(Layouts.DIESEL.name(), new DieselHistory()),
            Map.entry(Layouts.SQLX.name(), new SqlxHistory()),
            Map.entry(Layouts.NODE_PG_MIGRATE.name(), new NodePgMigrateHistory()),
            Map.entry(Layouts.PRISMA.name(), new PrismaHistory()),
            Map.entry(Layouts.MYBATIS.name(), new MybatisHistory()),
            Map.entry(Layouts.ATLAS.name(), new AtlasHistory()));

    private HistoryTables() {}

    /**
     * The table for a layout.
     *
     * @param settings what the source says about it
     * @throws IllegalArgumentException when Belay knows none
     */
    public static HistoryTable of(String layout, Map<String, String> settings) {
        if (layout.equals(Layouts.FLYWAY.name())) {
            return new FlywayHistory(settings);
        }
        if (layout.equals(Layouts.SQITCH.name())) {
            return new SqitchHistory(settings);
        }
        HistoryTable table = BY_LAYOUT.get(layout);
        if (table == null) {
            throw new IllegalArgumentException(
                    "layout " + layout + " has no history table that Belay knows; there are " + BY_LAYOUT.keySet());
        }
        return table;
    }
}
