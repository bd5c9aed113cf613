package dev.belay.layout;

import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import dev.belay.revision.internal.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sqitch 1.3 (lib/App/Sqitch): a project with {@code sqitch.conf}, {@code sqitch.plan} and scripts to deploy, revert and verify.
 *
 * <p>A change's id is its name, which is what users of Sqitch type. One that was reworked later is called {@code name@tag}, as Sqitch
 * lists it where the name alone is ambiguous; the name alone is then that of the last. Each change builds on the one before it
 * in the plan: Sqitch deploys in this order whatever the dependencies, which are checked.
 */
final class Sqitch implements Layout {
    static final String CONFIG = "sqitch.conf";

    private final Map<String, String> environment;

    Sqitch() {
        this(System.getenv());
    }

    /** With variables of the process. */
    Sqitch(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return "sqitch";
    }

    @Override
    public boolean recognises(Path directory) throws IOException {
        return Files.isRegularFile(directory.resolve("sqitch.plan")) || Files.isRegularFile(directory.resolve(CONFIG));
    }

    @Override
    public List<Revision> read(Path directory) throws IOException {
        SqitchSettings settings = SqitchSettings.of(directory, environment);
        SqitchPlan plan = plan(settings);
        SqitchScripts scripts = new SqitchScripts(settings);
        List<Revision> revisions = new ArrayList<>();
        List<String> parents = List.of();
        for (SqitchChange change : plan.changes()) {
            revisions.add(revision(plan, change, scripts, parents));
            parents = List.of(change.revision());
        }
        return revisions;
    }

    private static SqitchPlan plan(SqitchSettings settings) throws IOException {
        Path file = settings.planFile();
        if (!Files.isRegularFile(file)) {
            throw Numbered.malformed(
                    file, 0, "there is no such plan. Add it, or correct plan_file or top_dir in " + CONFIG + ".");
        }
        return SqitchPlan.read(file);
    }

    private static Revision revision(SqitchPlan plan, SqitchChange change, SqitchScripts scripts, List<String> parents)
            throws IOException {
        Path deploy = scripts.path(change, "deploy");
        Path revert = scripts.path(change, "revert");
        if (!Files.isRegularFile(deploy)) {
            throw plan.malformed(
                    change.planned().line(),
                    "change " + change.revision() + " has no script " + deploy + ". Add it, or remove the line.");
        }
        Optional<Change.Sql> up = scripts.change(deploy, "deploy");
        Optional<Change.Sql> down = scripts.change(revert, "revert");
        return new Revision(
                change.revision(),
                parents,
                change.planned().note().lines().findFirst().orElse(""),
                deploy.toString(),
                up.orElseGet(() -> new Change.Sql(Script.ofText(deploy.toString(), ""), true)),
                down.isPresent()
                        ? down.get()
                        : new Change.Irreversible("there is no statement in " + revert
                                + (Files.exists(revert) ? "" : ", which isn't there")),
                properties(plan, change, Digest.hex(deploy, "SHA-1")));
    }

    private static Map<String, String> properties(SqitchPlan plan, SqitchChange change, String scriptHash) {
        Map<String, String> properties = new HashMap<>();
        properties.put(CHECKSUM, scriptHash);
        properties.put(SqitchProperties.PROJECT, plan.project());
        plan.uri().ifPresent(uri -> properties.put(SqitchProperties.URI, uri));
        put(properties, "", change.planned(), change.id());
        List<String> required = new ArrayList<>();
        for (String key : change.keys(false)) {
            required.add(key + " " + plan.find(key).id());
        }
        properties.put(SqitchProperties.REQUIRES, String.join("\n", required));
        properties.put(SqitchProperties.CONFLICTS, String.join("\n", change.keys(true)));
        properties.put(SqitchProperties.TAGS, String.valueOf(change.tags().size()));
        for (int i = 0; i < change.tags().size(); i++) {
            SqitchChange.Tag tag = change.tags().get(i);
            put(properties, SqitchProperties.tag(i, ""), tag.planned(), tag.id());
        }
        return properties;
    }

    private static void put(Map<String, String> properties, String prefix, SqitchChange.Planned planned, String id) {
        properties.put(prefix + SqitchProperties.ID, id);
        properties.put(prefix + SqitchProperties.NAME, planned.name());
        properties.put(prefix + SqitchProperties.NOTE, planned.note());
        properties.put(prefix + SqitchProperties.PLANNED_AT, planned.plannedAt());
        properties.put(prefix + SqitchProperties.PLANNER_NAME, planned.planner());
        properties.put(prefix + SqitchProperties.PLANNER_EMAIL, planned.email());
    }

    @Override
    public Map<String, String> settings(Path directory) throws IOException {
        SqitchSettings settings = SqitchSettings.of(directory, environment);
        return Map.of(
                SqitchProperties.REGISTRY,
                settings.registry(),
                SqitchProperties.COMMITTER_NAME,
                settings.committerName(),
                SqitchProperties.COMMITTER_EMAIL,
                settings.committerEmail());
    }

    /** As {@code sqitch verify}: of each change that has a script and was not reworked. */
    @Override
    public Map<String, Script> verifications(Path directory) throws IOException {
        SqitchSettings settings = SqitchSettings.of(directory, environment);
        SqitchScripts scripts = new SqitchScripts(settings);
        Map<String, Script> verifications = new LinkedHashMap<>();
        for (SqitchChange change : plan(settings).changes()) {
            if (!change.isReworked()) {
                scripts.change(scripts.path(change, "verify"), "verify")
                        .ifPresent(sql -> verifications.put(change.revision(), sql.script()));
            }
        }
        return verifications;
    }
}
