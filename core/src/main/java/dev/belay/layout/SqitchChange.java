package dev.belay.layout;

import dev.belay.revision.internal.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A change of a plan (Plan/Change.pm); its tags and whether it was reworked are known once the plan was read. */
final class SqitchChange {
    /**
     * What changes and tags have in common.
     *
     * @param plannedAt as it stands in the plan
     */
    record Planned(int line, String name, String note, String plannedAt, String planner, String email) {
        String lines() {
            return "planner " + planner + " <" + email + ">\ndate " + plannedAt;
        }

        String noteLines() {
            // what Perl takes for false is left out
            return note.isEmpty() || note.equals("0") ? "" : "\n\n" + note;
        }
    }

    /** A tag, and Sqitch's id of it. */
    record Tag(Planned planned, String id) {}

    /**
     * What a change requires, or conflicts with.
     *
     * @param key a change, {@code change@tag}, {@code @tag} or an id
     */
    record Dependency(String key, boolean conflict) {}

    private final Planned planned;
    private final List<Dependency> dependencies;
    private final String id;
    private final List<Tag> tags = new ArrayList<>();
    private final List<Tag> reworkTags = new ArrayList<>();

    SqitchChange(String project, Planned planned, List<Dependency> dependencies, String parent) {
        this.planned = planned;
        this.dependencies = List.copyOf(dependencies);
        this.id = sha1(
                "change",
                project + "\nchange " + planned.name() + (parent.isEmpty() ? "" : "\nparent " + parent) + "\n"
                        + planned.lines() + list("\nrequires\n  + ", "\n  + ", false)
                        + list("\nconflicts\n  - ", "\n  - ", true) + planned.noteLines());
    }

    private String list(String before, String between, boolean conflicts) {
        List<String> keys = keys(conflicts);
        return keys.isEmpty() ? "" : before + String.join(between, keys);
    }

    /** What is required, or what it conflicts with. */
    List<String> keys(boolean conflicts) {
        return dependencies.stream()
                .filter(each -> each.conflict() == conflicts)
                .map(Dependency::key)
                .toList();
    }

    private static String sha1(String kind, String info) {
        byte[] bytes = info.getBytes(StandardCharsets.UTF_8);
        var digest = Digest.of("SHA-1");
        digest.update((kind + " " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return Digest.hex(digest);
    }

    /**
     * Adds a tag.
     *
     * @param project the lines about the project
     */
    Tag tag(String project, Planned tag) {
        Tag added = new Tag(
                tag,
                sha1(
                        "tag",
                        project + "\ntag @" + tag.name() + "\nchange " + id + "\n" + tag.lines() + tag.noteLines()));
        tags.add(added);
        return added;
    }

    /** Takes note that the plan changes it again behind these tags, the nearest first. */
    void rework(List<Tag> since) {
        reworkTags.addAll(since);
    }

    Planned planned() {
        return planned;
    }

    String id() {
        return id;
    }

    List<Tag> tags() {
        return tags;
    }

    List<Tag> reworkTags() {
        return reworkTags;
    }

    boolean isReworked() {
        return !reworkTags.isEmpty();
    }

    /** As Sqitch lists it where the name alone is ambiguous; the last one of a name is called by the name alone. */
    String revision() {
        if (!isReworked()) {
            return planned.name();
        }
        Tag tag = (tags.isEmpty() ? reworkTags : tags).get(0);
        return planned.name() + "@" + tag.planned().name();
    }
}
