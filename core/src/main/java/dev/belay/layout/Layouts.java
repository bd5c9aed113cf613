package dev.belay.layout;

import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Script;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layouts of other tools that Belay can read. @since 0.1 */
public final class Layouts {
    /** golang-migrate: {@code 1_name.up.sql} and {@code 1_name.down.sql}. */
    public static final Layout GOLANG_MIGRATE = new GolangMigrate();

    /** dbmate: one file with {@code -- migrate:up} and {@code -- migrate:down}. */
    public static final Layout DBMATE = new Dbmate();

    /** goose: one file with {@code -- +goose Up} and {@code -- +goose Down}. */
    public static final Layout GOOSE = new Goose();

    /** diesel: a directory for each migration, with {@code up.sql} and {@code down.sql}. */
    public static final Layout DIESEL = new Diesel();

    /** sqlx: {@code 1_name.sql}, or {@code 1_name.up.sql} and {@code 1_name.down.sql}. */
    public static final Layout SQLX = new Sqlx();

    /** node-pg-migrate's SQL files: one with {@code -- Up Migration} and {@code -- Down Migration}, or a pair. */
    public static final Layout NODE_PG_MIGRATE = new NodePgMigrate();

    /** Prisma: a directory for each migration, with {@code migration.sql} and, if there is a way down, {@code down.sql}. */
    public static final Layout PRISMA = new Prisma();

    /** MyBatis Migrations in its environment {@code development}, as its own command takes it by default. */
    public static final Layout MYBATIS = mybatis("development");

    /** Atlas: {@code 1_name.sql} and {@code atlas.sum}. */
    public static final Layout ATLAS = new Atlas();

    /** Flyway: {@code V1_2__name.sql}, {@code U1_2__name.sql}, {@code R__name.sql}, {@code B1_2__name.sql}. */
    public static final Layout FLYWAY = flyway(Map.of());

    /** Sqitch: {@code sqitch.conf}, {@code sqitch.plan}, and the scripts to deploy, revert and verify. */
    public static final Layout SQITCH = new Sqitch();

    private static final List<Layout> ALL = List.of(
            GOLANG_MIGRATE, DBMATE, GOOSE, DIESEL, SQLX, NODE_PG_MIGRATE, PRISMA, MYBATIS, ATLAS, FLYWAY, SQITCH);

    private Layouts() {}

    /**
     * MyBatis Migrations: {@code scripts/1_name.sql} with {@code -- //@UNDO}.
     *
     * @param environment whose variables the scripts are read with: {@code environments/<environment>.properties}
     */
    public static Layout mybatis(String environment) {
        return new Mybatis(environment);
    }

    /**
     * Flyway's with settings that go before those in a {@code flyway.toml} or {@code flyway.conf}.
     *
     * @param settings by Flyway's names without {@code flyway.}, for instance {@code table} or {@code placeholders.owner}; a
     *     name that isn't known is refused when the directory is read, by an {@link IllegalArgumentException}
     */
    public static Layout flyway(Map<String, String> settings) {
        return new Flyway(settings);
    }

    /** All of them. */
    public static List<Layout> all() {
        return ALL;
    }

    /** The one that is called so. */
    public static Optional<Layout> named(String name) {
        return ALL.stream().filter(layout -> layout.name().equals(name)).findFirst();
    }

    /**
     * The layouts that a directory could have; more than one is for the caller to tell, with their names.
     *
     * @throws UnreadableRevisionsException if it can't be read
     */
    public static List<Layout> recognising(Path directory) {
        return ALL.stream().filter(layout -> recognises(layout, directory)).toList();
    }

    private static boolean recognises(Layout layout, Path directory) {
        try {
            return Files.isDirectory(directory) && layout.recognises(directory);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /** The migrations of a directory in a layout, as revisions. */
    public static RevisionSource in(Path directory, Layout layout) {
        return new LaidOut(directory, layout);
    }

    private static UnreadableRevisionsException unreadable(Path directory, IOException e) {
        return new UnreadableRevisionsException(directory.toString(), "reading it failed (" + e + ").", e);
    }

    private record LaidOut(Path directory, Layout layout_) implements RevisionSource {
        @Override
        public List<Revision> load() {
            if (!Files.isDirectory(directory)) {
                throw new UnreadableRevisionsException(
                        directory.toString(), "there is no such directory. Create it, or name another.", null);
            }
            try {
                return layout_.read(directory);
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }

        @Override
        public String layout() {
            return layout_.name();
        }

        @Override
        public Map<String, String> settings() {
            try {
                return layout_.settings(directory);
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }

        @Override
        public Optional<Map<String, String>> checksums() {
            try {
                return layout_.checksums(directory);
            } catch (IOException e) {
                return Optional.empty(); // whoever looks into the files tells
            }
        }

        @Override
        public Map<String, Script> verifications() {
            try {
                return layout_.verifications(directory);
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }

        @Override
        public String describe() {
            return directory + ", layout " + layout_.name();
        }
    }
}
