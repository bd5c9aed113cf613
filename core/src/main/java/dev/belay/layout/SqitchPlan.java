package dev.belay.layout;

import dev.belay.layout.SqitchChange.Dependency;
import dev.belay.layout.SqitchChange.Planned;
import dev.belay.layout.SqitchChange.Tag;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.SectionedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** Reads a plan as Sqitch does (Plan.pm), and refuses what Sqitch refuses. */
final class SqitchPlan {
    private final Path file;
    private final Map<String, String> pragmas = new HashMap<>();
    private final List<SqitchChange> changes = new ArrayList<>();
    private final SqitchReferences references;

    /** The changes and tags of a line each, by their names; those of the stretch since the last tag apart. */
    private final Map<String, Integer> lines = new HashMap<>();

    private final Map<String, Integer> recent = new HashMap<>();
    private int number;

    private SqitchPlan(Path file) {
        this.file = file;
        this.references = new SqitchReferences(changes, lines, recent);
    }

    /** Reads it. */
    static SqitchPlan read(Path file) throws IOException {
        SqitchPlan plan = new SqitchPlan(file);
        plan.parse(SectionedFile.whole(file).text());
        return plan;
    }

    /** In their order. */
    List<SqitchChange> changes() {
        return changes;
    }

    String project() {
        return pragmas.getOrDefault("project", "");
    }

    Optional<String> uri() {
        return Optional.ofNullable(pragmas.get("uri")).map(SqitchUri::escaped);
    }

    /** The change that a key of a dependency means. */
    SqitchChange find(String key) {
        return references.find(key).orElseThrow();
    }

    MalformedRevisionException malformed(int line, String problem) {
        return new MalformedRevisionException(file.toString(), line, problem);
    }

    private MalformedRevisionException malformed(String problem) {
        return malformed(number, problem);
    }

    private void parse(String text) {
        boolean head = true;
        String[] all = text.split("\n", -1);
        int count = all[all.length - 1].isEmpty() ? all.length - 1 : all.length;
        for (int i = 0; i < count; i++) {
            number = i + 1;
            boolean ended = i < all.length - 1;
            String line = ended && all[i].endsWith("\r") ? all[i].substring(0, all[i].length() - 1) : all[i];
            Optional<String> note = SqitchNames.blank(line);
            if (note.isPresent()) {
                head &= !note.get().isEmpty();
            } else if (head) {
                pragma(SqitchNames.noted(line).line());
            } else {
                requireProject();
                entry(SqitchNames.noted(line));
            }
        }
        requireProject();
        requireConflicts();
    }

    /** What a change conflicts with may come behind it, but it has to come. */
    private void requireConflicts() {
        for (SqitchChange change : changes) {
            for (String key : change.keys(true)) {
                if (references.find(key).isEmpty()) {
                    throw malformed(
                            change.planned().line(),
                            "change " + change.planned().name() + " conflicts with " + key
                                    + ", which is not in the plan.");
                }
            }
        }
    }

    private void requireProject() {
        if (project().isEmpty()) {
            throw malformed(1, "the pragma %project is missing: it belongs above the first empty line.");
        }
    }

    private void pragma(String line) {
        Matcher pragma = SqitchNames.pragma(line);
        if (!pragma.matches()) {
            throw malformed("the line is no pragma, %name=value; an empty line stands between those and the changes.");
        }
        String value = pragma.group("value") == null ? "1" : pragma.group("value");
        if (pragma.group("name").equals("project") && !SqitchNames.isName(value)) {
            throw malformed(
                    "\"" + value + "\" is no name of a project: they don't begin or end with punctuation, and hold"
                            + " no @, colon, #, backslash or blank.");
        }
        pragmas.put(pragma.group("name"), value);
    }

    private void entry(SqitchNames.Noted noted) {
        Matcher entry = SqitchNames.entry(noted.line());
        if (!entry.matches() || entry.group("time") == null && SqitchNames.hasTime(noted.line())) {
            throw malformed("the line is no change and no tag: name [dependencies] 2026-01-31T12:00:00Z Name <address>."
                    + " Names don't begin or end with punctuation, and hold no @, colon, #, backslash or blank.");
        }
        String name = entry.group("name");
        if (entry.group("time") == null || entry.group("planner") == null) {
            throw malformed((entry.group("time") == null ? "the time" : "the name and the address of the planner")
                    + " is missing: name [dependencies] 2026-01-31T12:00:00Z Name <address>.");
        }
        if (name.equals("ROOT") || name.equals("HEAD") || name.matches("[0-9a-f]{40}.*")) {
            throw malformed("\"" + name + "\" can't be a name in Sqitch: it is reserved, or looks like an id.");
        }
        Planned planned = new Planned(
                number, name, noted.note(), time(entry.group("time")), entry.group("planner"), entry.group("email"));
        if (entry.group("tag") != null) {
            tag(planned, entry.group("dependencies") != null);
        } else {
            change(planned, Optional.ofNullable(entry.group("dependencies")));
        }
    }

    private String time(String text) {
        try {
            Instant.parse(text);
            return text;
        } catch (DateTimeException e) {
            throw malformed("there is no time " + text + ".");
        }
    }

    private String projectLines() {
        return "project " + project()
                + uri().map(uri -> "\nuri " + SqitchUri.canonical(uri)).orElse("");
    }

    private void tag(Planned tag, boolean dependencies) {
        if (tag.name().contains("/") || dependencies) {
            throw malformed("a tag has no slash in its name and no dependencies.");
        }
        if (changes.isEmpty()) {
            throw malformed("there is no change before tag @" + tag.name() + ".");
        }
        Integer earlier = lines.get("@" + tag.name());
        if (earlier != null) {
            throw malformed("tag @" + tag.name() + " is there a second time, after line " + earlier + ".");
        }
        changes.get(changes.size() - 1).tag(projectLines(), tag);
        lines.putAll(recent);
        lines.put("@" + tag.name(), number);
        recent.clear();
    }

    private void change(Planned planned, Optional<String> dependencies) {
        Integer earlier = recent.get(planned.name());
        if (earlier != null) {
            throw malformed("change " + planned.name() + " is there a second time, after line " + earlier
                    + ", with no tag in between.");
        }
        List<Dependency> needs = dependencies.map(this::dependencies).orElse(List.of());
        for (Dependency each : needs) {
            references.problem(planned.name(), each).ifPresent(problem -> {
                throw malformed(problem);
            });
        }
        recent.put(planned.name(), number);
        rework(planned.name());
        String parent = changes.isEmpty() ? "" : changes.get(changes.size() - 1).id();
        changes.add(new SqitchChange(projectLines(), planned, needs, parent));
    }

    private List<Dependency> dependencies(String text) {
        List<Dependency> dependencies = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String each : text.split("\\h+")) {
            Matcher parts = SqitchNames.dependency(each);
            if (!parts.matches() || each.isEmpty() || each.endsWith("!") || each.endsWith(":")) {
                throw malformed("\"" + each + "\" is no dependency: a change, change@tag or @tag, with ! before it when"
                        + " they conflict.");
            }
            String project = parts.group("project");
            if (project != null && !project.equals(project())) {
                throw malformed("\"" + each + "\" is of another project, whose plan Belay doesn't have: it can't be"
                        + " checked. Deploy this plan with Sqitch, or put the two plans into one.");
            }
            if (!seen.add(each)) {
                throw malformed("the dependency " + each + " is there a second time.");
            }
            String change = each.substring(parts.end("not") + (project == null ? 0 : project.length() + 1));
            dependencies.add(new Dependency(change, !parts.group("not").isEmpty()));
        }
        return dependencies;
    }

    /** Tells the change of this name before it that it was reworked, and by which tags it is known. */
    private void rework(String name) {
        List<Tag> since = new ArrayList<>();
        for (int i = changes.size() - 1; i >= 0; i--) {
            since.addAll(changes.get(i).tags());
            if (changes.get(i).planned().name().equals(name)) {
                changes.get(i).rework(since);
                return;
            }
        }
    }
}
