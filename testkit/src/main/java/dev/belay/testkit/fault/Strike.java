package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** A fault, and all that it takes to let it happen. */
record Strike(Fault fault, PostgresServer server, Supplier<List<ProxySession>> sessions, Runnable kill) {
    /** How long the server takes to end a session. */
    private static final long END_MILLIS = 30_000;

    void at(ProxySession session) {
        switch (fault) {
            case KILL -> kill.run();
            case TERMINATE -> terminate(session.pid());
            case CRASH -> {
                server.crash();
                server.restart();
            }
            case CUT -> sessions.get().forEach(ProxySession::reset);
            case STALL -> sessions.get().forEach(ProxySession::stall);
            case HALF_CLOSE -> session.halfClose();
        }
    }

    /** Whether what had not reached the server yet still may. */
    boolean letsPass() {
        return fault == Fault.TERMINATE || fault == Fault.CRASH;
    }

    private void terminate(int pid) {
        try (Connection connection = server.connect("postgres");
                PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?, ?)")) {
            statement.setInt(1, pid);
            statement.setLong(2, END_MILLIS);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("session " + pid + " of " + server + " could not be ended", e);
        }
    }
}
