package dev.belay.reversible;

import dev.belay.testkit.junit.ReversibleRevisions;

// tag::all[]
@ReversibleRevisions("db/revisions")
class RevisionsIT {}
// end::all[]
