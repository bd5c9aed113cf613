package dev.belay.testkit.assertj.internal;

import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaDifference.Change;
import dev.belay.prove.LadderProof;
import dev.belay.prove.RevisionProof;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Failures as a reviewer would write them: the revision, what differs, before and after, the likely cause. */
public final class ReviewText {
    private ReviewText() {}

    /** Why a revision's proof is not as it should be. */
    public static String of(RevisionProof proof, String verdict) {
        StringBuilder text = new StringBuilder("Revision ").append(proof.revision());
        if (!proof.description().isEmpty()) {
            text.append(" \"").append(proof.description()).append('"');
        }
        text.append(' ').append(verdict).append('.');
        proof.irreversible()
                .ifPresent(reason ->
                        text.append("\nIt says that it is irreversible: ").append(reason));
        proof.error().ifPresent(error -> text.append('\n').append(error));
        text.append(differences(proof.differences()));
        if (!proof.review().isEmpty()) {
            text.append(proof.differences().isEmpty() ? "\nNote:" : "\nLikely cause:");
            proof.review().forEach(line -> text.append("\n  ").append(line));
        }
        return text.toString();
    }

    /** What the whole way down left behind. */
    public static String ofTrace(LadderProof proof) {
        return "Going up from " + floor(proof) + " and down to it again leaves a trace." + differences(proof.left())
                + "\nLikely cause: the downgrade of the revision that made or changed it does not take that back; if that"
                + "\nrevision's own test passes, two revisions undo each other's work in the wrong order.";
    }

    /** What the second way up made otherwise than the first. */
    public static String ofRepetition(LadderProof proof) {
        return "The second upgrade from " + floor(proof)
                + ", after the downgrade, does not give what the first one gave."
                + differences(proof.second())
                + "\nLikely cause: a downgrade leaves something behind that its upgrade then finds (IF NOT EXISTS, for instance).";
    }

    /** Where the way down ends. */
    public static String floor(LadderProof proof) {
        return proof.floor().isEmpty()
                ? "base"
                : proof.floor().get(proof.floor().size() - 1);
    }

    /** What differs, with before and after, in lines of their own; empty when nothing does. */
    public static String differences(List<SchemaDifference> differences) {
        return differences.isEmpty()
                ? ""
                : differences.stream().map(ReviewText::lines).collect(Collectors.joining("", "\nWhat differs:", ""));
    }

    private static String lines(SchemaDifference difference) {
        String what = "\n  " + difference.kind() + " " + difference.object();
        return switch (difference.change()) {
            case ADDED -> what + " is there, and was not before";
            case REMOVED -> what + " is missing, and was there before";
            case CHANGED ->
                what + ": " + difference.attribute().orElse("") + side("before", difference.before())
                        + side("after", difference.after());
        };
    }

    private static String side(String name, Optional<String> value) {
        return "\n    " + (name + ":      ").substring(0, 8)
                + value.map(text -> text.replace("\n", "\n            ")).orElse("(none)");
    }

    /** What was before, as text that a tool can show beside what is after. */
    public static String before(List<SchemaDifference> differences) {
        return all(differences, SchemaDifference::before, Change.ADDED);
    }

    /** What is after. */
    public static String after(List<SchemaDifference> differences) {
        return all(differences, SchemaDifference::after, Change.REMOVED);
    }

    private static String all(
            List<SchemaDifference> differences, Function<SchemaDifference, Optional<String>> value, Change missing) {
        return differences.stream()
                .map(difference -> difference.kind() + " " + difference.object() + ": "
                        + (difference.change() == Change.CHANGED
                                ? difference.attribute().orElse("") + " "
                                        + value.apply(difference).orElse("(none)")
                                : difference.change() == missing ? "(missing)" : "there"))
                .collect(Collectors.joining("\n"));
    }
}
