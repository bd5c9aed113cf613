package dev.belay.testkit.fault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection through the proxy: a thread for each direction. */
final class ProxySession {
    /** Query, Sync, PasswordMessage and FunctionCall: the client waits (PostgreSQL docs, Message Formats). */
    private static final String ANSWERED = "QSpF";

    private static final int CANCEL = 80877102;
    private static final int SSL = 80877103;
    private static final int GSS_ENCRYPTION = 80877104;

    /** How long a stalled connection is there when the run doesn't give it up by itself. */
    private static final long STALL_SECONDS = 3;

    /** How long a server doesn't know that its client has gone. */
    private static final long LINGER_SECONDS = 2;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private final int number;
    private final Frontend frontend = new Frontend();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Optional<Trap> armed = Optional.empty();
    private volatile boolean copying;
    private volatile boolean stalled;
    private volatile boolean halfClosed;
    private volatile int pid;
    private volatile String database = "";

    ProxySession(FaultProxy proxy, Socket client, int number) {
        this.proxy = proxy;
        this.client = client;
        this.number = number;
    }

    int number() {
        return number;
    }

    String database() {
        return database;
    }

    /** The server's process for this session. */
    int pid() {
        return pid;
    }

    /** Serves the client's side until it ends. */
    void serve() {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
            if (shakeHands(in)) {
                FaultProxy.daemon(this::answer, "answers " + number);
                forward(in, out(server));
            }
        } catch (IOException e) {
            // one of the two has gone, or never came: the other one is told below
            over.countDown();
        } finally {
            if (!halfClosed) {
                reset();
            }
        }
    }

    /** Answers what comes before the protocol proper; true when a session begins. */
    private boolean shakeHands(DataInputStream in) throws IOException {
        while (true) {
            byte[] message = new byte[in.readInt() - 4];
            in.readFully(message);
            proxy.countRoundTrip();
            int code = ByteBuffer.wrap(message).getInt();
            if (code == SSL || code == GSS_ENCRYPTION) {
                client.getOutputStream().write('N');
                continue;
            }
            server.connect(
                    new InetSocketAddress(proxy.server().host(), proxy.server().port()));
            DataOutputStream out = out(server);
            out.writeInt(message.length + 4);
            out.write(message);
            out.flush();
            if (code == CANCEL) {
                return false;
            }
            byte[] parameters = Arrays.copyOfRange(message, 4, message.length);
            database = Frontend.parameters(parameters).getOrDefault("database", "");
            return true;
        }
    }

    private void forward(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte type = in.readByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            if (ANSWERED.indexOf(type) >= 0) {
                proxy.countRoundTrip();
            }
            Optional<Trap.Hit> hit = frontend.look(type, body).flatMap(executed -> proxy.count(this, executed));
            if (hit.isPresent() && !enter(hit.get().trap(), hit.get().act())) {
                return;
            }
            if (stalled) {
                // what is sent now is lost
                in.transferTo(OutputStream.nullOutputStream());
                return;
            }
            send(out, type, body);
            if (in.available() == 0) {
                out.flush();
            }
            if (type == 'd') {
                rowsHavePassed();
            }
        }
    }

    /** At the point: strikes or gets ready to; false when the message must not go on. */
    private boolean enter(Trap trap, Act act) {
        switch (trap.point().moment()) {
            case BEFORE -> {
                trap.spring(this);
                return trap.strike().letsPass() || stalled;
            }
            case INSIDE -> {
                armed = Optional.of(trap);
                copying = act.kind() == Act.Kind.COPY;
                if (!copying) {
                    Dwell.during(act, this, proxy.server(), () -> trap.spring(this));
                }
            }
            case AFTER -> armed = Optional.of(trap);
        }
        return true;
    }

    private void rowsHavePassed() {
        if (copying) {
            armed.ifPresent(trap -> trap.spring(this));
        }
    }

    private void answer() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream(), 1 << 16));
            DataOutputStream out = out(client);
            while (true) {
                byte type = in.readByte();
                byte[] body = new byte[in.readInt() - 4];
                in.readFully(body);
                if (type == 'K') {
                    pid = ByteBuffer.wrap(body).getInt();
                }
                if (type == 'Z') {
                    armed.ifPresent(trap -> trap.spring(this));
                    armed = Optional.empty();
                }
                if (stalled) {
                    awaitOver(STALL_SECONDS);
                    return;
                }
                if (!halfClosed) {
                    send(out, type, body);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
                if (type == 'd') {
                    rowsHavePassed();
                }
            }
        } catch (IOException e) {
            // one of the two has gone: the other one is told below
            over.countDown();
        } finally {
            reset();
        }
    }

    /** Resets both sides at once. */
    void reset() {
        over.countDown();
        abort(client);
        abort(server);
        proxy.ended(this);
    }

    /** From now on nothing moves, until the client gives up or the time is over. */
    void stall() {
        stalled = true;
        FaultProxy.daemon(
                () -> {
                    awaitOver(STALL_SECONDS);
                    reset();
                },
                "stall " + number);
    }

    /** The client reads an end, and the server goes on for a while with a session that nobody uses. */
    void halfClose() {
        halfClosed = true;
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FaultProxy.daemon(
                () -> {
                    awaitOver(LINGER_SECONDS);
                    reset();
                },
                "linger " + number);
    }

    private void awaitOver(long seconds) {
        try {
            boolean unused = over.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void abort(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            // it is closed already
            return;
        }
    }

    private static void send(DataOutputStream out, byte type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    private static DataOutputStream out(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }
}
