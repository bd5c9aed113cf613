package dev.belay.postgres.alembic;

import dev.belay.context.Cancellation;
import dev.belay.postgres.sql.SqlSyntaxException;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ToolSession;
import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The revisions as the SQL that Alembic writes of them without a database ({@code --sql}). */
record AlembicSql(AlembicProject project) implements RevisionSource {
    @Override
    public String layout() {
        return "alembic";
    }

    @Override
    public String describe() {
        return "Alembic, " + project.configuration();
    }

    @Override
    public List<Revision> load() {
        RevisionGraph graph = RevisionGraph.of(PythonRevisions.read(project));
        if (graph.isEmpty()) {
            return List.of();
        }
        graph.inOrder().forEach(AlembicSql::requireNoValues);
        Map<String, Change.Sql> up = written(graph, "upgrade", "heads");
        Map<String, Change.Sql> down = downgrades(graph);
        List<Revision> revisions = new ArrayList<>();
        for (Revision each : graph.inOrder()) {
            revisions.add(new Revision(
                    each.id(),
                    each.parents(),
                    each.description(),
                    each.origin(),
                    found(up, each),
                    each.reversible() ? found(down, each) : each.downgrade()));
        }
        return revisions;
    }

    private static void requireNoValues(Revision revision) {
        try {
            String python = new String(Files.readAllBytes(Path.of(revision.origin())), StandardCharsets.UTF_8);
            PassedValues.line(python).ifPresent(line -> {
                throw refused(
                        revision,
                        line,
                        "values that are given to execute() beside the statement are left out. Put them into the"
                                + " statement: text(...).bindparams(...), or table.update().values(...)");
            });
        } catch (IOException e) {
            throw new UnreadableRevisionsException(revision.origin(), "reading it failed (" + e + ").", e);
        }
    }

    private static Change.Sql found(Map<String, Change.Sql> changes, Revision revision) {
        Change.Sql change = changes.get(revision.id());
        if (change == null) {
            throw refused(revision, "Alembic's output has no part for it");
        }
        return change;
    }

    /** All at once where each can be taken back; Alembic stops at one that can't. */
    private Map<String, Change.Sql> downgrades(RevisionGraph graph) {
        Map<String, Change.Sql> down = new HashMap<>();
        if (graph.inOrder().stream().allMatch(Revision::reversible)) {
            for (Revision head : graph.heads()) {
                written(graph, "downgrade", head.id() + ":base").forEach(down::putIfAbsent);
            }
        }
        for (Revision each : graph.inOrder()) {
            if (each.reversible() && !down.containsKey(each.id())) {
                String below =
                        each.parents().isEmpty() ? "base" : each.parents().get(0);
                written(graph, "downgrade", each.id() + ":" + below).forEach(down::putIfAbsent);
            }
        }
        return down;
    }

    private Map<String, Change.Sql> written(RevisionGraph graph, String command, String range) {
        AlembicErrors errors = new AlembicErrors(project.versions());
        StringBuilder sql = new StringBuilder();
        try {
            new AlembicProcess(project, ToolSession.of(new Nowhere("nowhere"), "belay import"))
                    .run(
                            List.of(command, range, "--sql"),
                            errors::add,
                            output -> sql.append(new String(output.readAllBytes(), StandardCharsets.UTF_8)),
                            Cancellation.withoutTimeout());
            return OfflineScript.read(sql.toString(), project.versionTable(), namesItsParameters());
        } catch (ClientProcessException e) {
            if (e.exitStatus() < 0) {
                throw new AlembicMissingException(project, e);
            }
            throw OfflineScript.last(sql.toString())
                    .flatMap(graph::get)
                    .map(revision -> refused(revision, errors.describe()))
                    .orElseGet(() -> new MalformedRevisionException(
                            project.configuration().toString(),
                            0,
                            "Alembic could not write the SQL of " + command + " " + range + ": " + errors.describe()
                                    + ". Nothing was written."));
        } catch (OfflineScript.UnwrittenException e) {
            throw refused(graph.find(e.revision()), String.valueOf(e.getMessage()));
        } catch (SqlSyntaxException e) {
            String revision = e.origin().substring(e.origin().lastIndexOf(' ') + 1);
            throw refused(graph.find(revision), String.valueOf(e.getMessage()));
        }
    }

    private static MalformedRevisionException refused(Revision revision, String problem) {
        return refused(revision, 0, problem);
    }

    private static MalformedRevisionException refused(Revision revision, int line, String problem) {
        return new MalformedRevisionException(
                revision.origin(),
                line,
                "revision " + revision.id() + " can't be imported, as Alembic writes no SQL of it that could be run: "
                        + problem + (problem.endsWith(".") ? "" : ".")
                        + " Nothing was written. Say what its Python does in SQL (op.execute), in a copy of the project.");
    }

    /** Whether env.py has it so that percent signs aren't doubled, as Alembic's templates do: paramstyle. */
    private boolean namesItsParameters() {
        try {
            for (Path versions : project.versions()) {
                Path env = Objects.requireNonNullElse(versions.getParent(), versions)
                        .resolve("env.py");
                if (Files.isRegularFile(env)
                        && new String(Files.readAllBytes(env), StandardCharsets.ISO_8859_1).contains("paramstyle")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // what is written says it, mostly
        }
    }
}
