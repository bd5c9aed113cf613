package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy before a PostgreSQL server that counts the acts of a run, and lets a fault strike at one of them.
 *
 * <p>It listens on 127.0.0.1 and reads the protocol (version 3) just enough to tell what is executed: statements that can
 * change something are {@linkplain Act acts}, numbered over all connections in the order in which they come. TLS and GSSAPI
 * encryption are refused, so that it can read; a client that insists on them can't be looked at. One proxy is for one run.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before(server)) {
 *     proxy.strikeAt(new Point(12, Moment.AFTER), Fault.CUT);
 *     run("jdbc:postgresql://" + proxy.host() + ":" + proxy.port() + "/orders");
 *     assertThat(proxy.struck()).isPresent();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class FaultProxy implements AutoCloseable {
    private final PostgresServer server;
    private final ServerSocket socket;
    private final List<Act> acts = new ArrayList<>();
    private final Set<ProxySession> sessions = ConcurrentHashMap.newKeySet();
    private Optional<Trap> trap = Optional.empty();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong roundTrips = new AtomicLong();

    private FaultProxy(PostgresServer server) {
        this.server = server;
        try {
            this.socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy before " + server, e);
        }
    }

    /**
     * Begins to listen.
     *
     * @return the proxy; the caller closes it, which resets the connections that are left
     */
    public static FaultProxy before(PostgresServer server) {
        FaultProxy proxy = new FaultProxy(server);
        daemon(proxy::accept, "accept");
        return proxy;
    }

    /** Where clients connect to. */
    public String host() {
        return socket.getInetAddress().getHostAddress();
    }

    /** The port that clients connect to. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.get();
    }

    /**
     * How often a client waited for the server so far: for an answer to the request for TLS, to the startup message, to a password, and to
     * each query; what is sent together counts once.
     */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** What a client has sent, and waits for the answer to. */
    void countRoundTrip() {
        roundTrips.incrementAndGet();
    }

    /** The acts so far. */
    public synchronized List<Act> acts() {
        return List.copyOf(acts);
    }

    /**
     * Lets a fault strike, once, when the run comes to a point; by default none does.
     *
     * @throws IllegalArgumentException for {@link Fault#KILL}: say whom by the other method
     */
    public void strikeAt(Point point, Fault fault) {
        if (fault.needsAProcess()) {
            throw new IllegalArgumentException("fault: " + fault + " needs to know whom; pass what kills it");
        }
        strikeAt(point, fault, () -> {});
    }

    /**
     * As {@link #strikeAt(Point, Fault)}.
     *
     * @param kill kills the process that runs, and comes back when it is dead; only asked for by {@link Fault#KILL}
     */
    public synchronized void strikeAt(Point point, Fault fault, Runnable kill) {
        trap = Optional.of(new Trap(point, new Strike(fault, server, this::sessions, kill)));
    }

    /** The act at which the fault struck; empty as long as it has not. */
    public synchronized Optional<Act> struck() {
        return trap.filter(Trap::isSprung)
                .flatMap(set -> acts.stream()
                        .filter(act -> act.number() == set.point().act())
                        .findFirst());
    }

    /** Waits until a fault that has begun to strike is over: a server that crashed is there again. */
    void awaitEndOfStrike() {
        Optional<Trap> begun;
        synchronized (this) {
            begun = trap.filter(Trap::isSprung);
        }
        begun.ifPresent(set -> set.over().join());
    }

    List<ProxySession> sessions() {
        return List.copyOf(sessions);
    }

    PostgresServer server() {
        return server;
    }

    /** Counts an act; gives the trap if it is set there. */
    synchronized Optional<Trap.Hit> count(ProxySession session, Frontend.Executed executed) {
        Act act = new Act(
                acts.size() + 1,
                executed.kind(),
                session.number(),
                session.database(),
                Statements.words(executed.sql()));
        acts.add(act);
        return trap.filter(set -> set.point().act() == act.number()).map(set -> new Trap.Hit(set, act));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                ProxySession session = new ProxySession(this, client, connections.incrementAndGet());
                sessions.add(session);
                daemon(session::serve, "session " + session.number());
            }
        } catch (IOException e) {
            // the socket was closed: that ends this thread
            sessions().forEach(ProxySession::reset);
        }
    }

    void ended(ProxySession session) {
        sessions.remove(session);
    }

    static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "belay-fault-proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sessions().forEach(ProxySession::reset);
    }
}
