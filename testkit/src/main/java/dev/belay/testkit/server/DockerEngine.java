package dev.belay.testkit.server;

/** A container, where Testcontainers is on the class path and a Docker engine runs. */
final class DockerEngine implements ServerSource {
    @Override
    public String name() {
        return "Docker";
    }

    @Override
    public Answer open(Wish wish) {
        if (wish.programs().isPresent()) {
            return new Answer.None("programs of this machine were asked for");
        }
        if (!Libraries.hasClass("org.testcontainers.containers.GenericContainer")) {
            return new Answer.None("org.testcontainers:testcontainers is not on the class path");
        }
        return Container.open(wish);
    }
}
