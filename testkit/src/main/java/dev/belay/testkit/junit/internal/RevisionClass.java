package dev.belay.testkit.junit.internal;

import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.testkit.junit.ReversibleRevisions;
import dev.belay.testkit.junit.WrongUseException;
import java.util.List;

/**
 * A class annotated with {@link ReversibleRevisions}, its revisions read and its methods checked.
 *
 * @param type the class
 * @param seed of made-up rows
 * @param graph its revisions
 * @param methods its methods for chosen revisions
 */
record RevisionClass(Class<?> type, long seed, RevisionGraph graph, OwnMethods methods) {
    /**
     * Reads.
     *
     * @throws WrongUseException if the class is not annotated as it should be
     * @throws dev.belay.revision.RevisionException if the revisions can't be read
     */
    static RevisionClass of(Class<?> type, ReversibleRevisions annotation) {
        RevisionSource source = location(type, annotation).revisions(type.getClassLoader());
        List<Revision> revisions = source.load();
        if (revisions.isEmpty()) {
            throw new WrongUseException("@ReversibleRevisions on " + type.getName() + ": there is no revision in "
                    + source.describe() + ". A revision is a file there that ends in .sql and has a line"
                    + " \"-- belay:revision ID\"; name the place where yours are.");
        }
        RevisionGraph graph = RevisionGraph.of(revisions);
        return new RevisionClass(type, annotation.seed(), graph, OwnMethods.of(type, graph));
    }

    static RevisionClass withoutRevisions(Class<?> type) {
        RevisionGraph none = RevisionGraph.of(List.of());
        return new RevisionClass(type, 1, none, OwnMethods.of(Object.class, none));
    }

    static Location location(Class<?> type, ReversibleRevisions annotation) {
        return Location.of("@ReversibleRevisions", type.getName(), annotation.value(), annotation.directory());
    }
}
