package dev.belay.carryover;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** By a replication slot. */
class SlotCarryOverIT extends CarryOverContract {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServers.search().setting("wal_level", "logical").find();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    PostgresServer server() {
        return server;
    }
}
