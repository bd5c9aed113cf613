package dev.belay.alembic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An Alembic project as its own templates write it, and Alembic's command. */
final class AlembicProjectOnDisk {
    private static final String INI = """
            [alembic]
            script_location = %(here)s/migrations
            file_template = %%(rev)s_%%(slug)s
            [loggers]
            keys = root,alembic
            [handlers]
            keys = console
            [formatters]
            keys = generic
            [logger_root]
            level = WARN
            handlers = console
            qualname =
            [logger_alembic]
            level = INFO
            handlers =
            qualname = alembic
            [handler_console]
            class = StreamHandler
            args = (sys.stderr,)
            level = NOTSET
            formatter = generic
            [formatter_generic]
            format = %(levelname)-5.5s [%(name)s] %(message)s
            """;

    private static final String ENV = """
            import os
            from logging.config import fileConfig
            from alembic import context
            from sqlalchemy import create_engine, pool

            fileConfig(context.config.config_file_name)
            url = os.environ["%s"]
            if context.is_offline_mode():
                context.configure(url=url, literal_binds=True)
                with context.begin_transaction():
                    context.run_migrations()
            else:
                with create_engine(url, poolclass=pool.NullPool).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
            """;

    private final Path directory;

    AlembicProjectOnDisk(Path directory) {
        this(directory, "DATABASE_URL");
    }

    AlembicProjectOnDisk(Path directory, String variable) {
        this.directory = directory;
        write("alembic.ini", INI);
        write("migrations/env.py", ENV.formatted(variable));
        write("migrations/script.py.mako", "");
        write("migrations/versions/.keep", "");
    }

    /** Whether Alembic and a driver are installed. */
    static boolean isInstalled() {
        try {
            boolean program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "alembic")));
            return program
                    && new ProcessBuilder("/usr/bin/python3", "-c", "import alembic, psycopg2")
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    AlembicProjectOnDisk revision(String id, String down, String upgrade, String downgrade) {
        write("migrations/versions/" + id + "_step.py", """
                \"""Step %s

                Revision ID: %s
                \"""
                from alembic import op
                import sqlalchemy as sa

                revision = '%s'
                down_revision = %s
                branch_labels = None
                depends_on = None


                def upgrade() -> None:
                %s


                def downgrade() -> None:
                %s
                """.formatted(
                        id,
                        id,
                        id,
                        down,
                        upgrade.indent(4).stripTrailing(),
                        downgrade.indent(4).stripTrailing()));
        return this;
    }

    void write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Alembic's command, by hand; its output. */
    String alembic(Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of("alembic"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("alembic " + List.of(arguments) + " failed");
            }
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
