package dev.belay.postgres.sql;

import dev.belay.testkit.server.PostgresServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts with the real psql against the real server and notes, on the wire between them, what psql sends. */
final class PsqlRecorder {
    /** A query as psql sent it, with the data of its COPY, and whether the server found it empty. */
    static final class Query {
        final String text;
        final StringBuilder data = new StringBuilder();
        boolean empty;

        Query(String text) {
            this.text = text;
        }
    }

    private static final String MARK = "SELECT 'end of script'";

    private final PostgresServer server;
    private final String database;
    private final Path psql;

    PsqlRecorder(PostgresServer server, String database, Path psql) {
        this.server = server;
        this.database = database;
        this.psql = psql;
    }

    /** What psql sends for each of the scripts. */
    List<List<Query>> run(List<String> scripts, Path directory) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(psql.toString(), "-X", "-q"));
        Path mark = Files.writeString(directory.resolve("mark.sql"), "ROLLBACK; " + MARK);
        for (int i = 0; i < scripts.size(); i++) {
            Path file = Files.writeString(directory.resolve(i + ".sql"), scripts.get(i));
            command.addAll(List.of("-f", file.toString(), "-f", mark.toString()));
        }
        List<List<Query>> perScript = new ArrayList<>();
        List<Query> current = new ArrayList<>();
        for (Query query : record(command)) {
            if (query.text.equals(MARK)) {
                current.remove(current.size() - 1);
                perScript.add(List.copyOf(current));
                current.clear();
            } else {
                current.add(query);
            }
        }
        return perScript;
    }

    private List<Query> record(List<String> command) throws IOException, InterruptedException {
        List<Query> queries = java.util.Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("PGHOST", "127.0.0.1");
            builder.environment().put("PGPORT", Integer.toString(listener.getLocalPort()));
            builder.environment().put("PGUSER", server.user());
            builder.environment().put("PGPASSWORD", server.password());
            builder.environment().put("PGDATABASE", database);
            builder.environment().put("PGSSLMODE", "disable");
            builder.environment().put("PGGSSENCMODE", "disable");
            builder.environment().put("PGCLIENTENCODING", "UTF8");
            builder.redirectErrorStream(true).redirectOutput(new File("/dev/null"));
            Process process = builder.start();
            listener.setSoTimeout(20_000);
            try (Socket client = listener.accept();
                    Socket backend = new Socket(server.host(), server.port())) {
                // Small messages both ways: Nagle would hold each for 40 ms.
                client.setTcpNoDelay(true);
                backend.setTcpNoDelay(true);
                Thread answers = new Thread(() -> pump(backend, client, false, queries), "answers");
                answers.start();
                pump(client, backend, true, queries);
                backend.shutdownOutput();
                answers.join(20_000);
            }
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException("psql did not end");
            }
        }
        return queries;
    }

    private static void pump(Socket from, Socket to, boolean fromClient, List<Query> queries) {
        try {
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(from.getInputStream()));
            DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(to.getOutputStream()));
            boolean startup = fromClient;
            while (true) {
                int type = startup ? 0 : in.readUnsignedByte();
                int length = in.readInt();
                byte[] body = in.readNBytes(length - 4);
                if (!startup) {
                    note((char) type, body, fromClient, queries);
                    out.writeByte(type);
                }
                out.writeInt(length);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
                startup = false;
            }
        } catch (EOFException | SocketException end) {
            Thread.yield(); // The session is over.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void note(char type, byte[] body, boolean fromClient, List<Query> queries) {
        if (fromClient && type == 'Q') {
            queries.add(new Query(new String(body, 0, body.length - 1, StandardCharsets.UTF_8)));
        } else if (fromClient && type == 'd') {
            queries.get(queries.size() - 1).data.append(new String(body, StandardCharsets.UTF_8));
        } else if (!fromClient && type == 'I') {
            queries.get(queries.size() - 1).empty = true;
        }
    }
}
