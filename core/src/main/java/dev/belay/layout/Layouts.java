package dev.belay.layout;

import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final List<Layout> ALL =
            List.of(GOLANG_MIGRATE, DBMATE, GOOSE, DIESEL, SQLX, NODE_PG_MIGRATE, PRISMA, MYBATIS, ATLAS);

    private Layouts() {}

    /**
     * MyBatis Migrations: {@code scripts/1_name.sql} with {@code -- //@UNDO}.
     *
     * @param environment whose variables the scripts are read with: {@code environments/<environment>.properties}
     */
    public static Layout mybatis(String environment) {
        return new Mybatis(environment);
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
        public String describe() {
            return directory + ", layout " + layout_.name();
        }
    }
}
