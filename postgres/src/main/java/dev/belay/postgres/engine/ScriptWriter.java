package dev.belay.postgres.engine;

import dev.belay.postgres.engine.Step.Work;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.HistoryTable.Entry;
import dev.belay.postgres.revision.OuterPair;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;

/** Writes what a run would execute, as input for psql. */
final class ScriptWriter {
    private final Appendable out;
    private final HistoryTable history;
    private final RevisionGraph graph;
    private boolean open;

    ScriptWriter(Appendable out, HistoryTable history, RevisionGraph graph) {
        this.out = out;
        this.history = history;
        this.graph = graph;
    }

    void write(List<Step> steps) throws IOException {
        out.append("-- Written by Belay. Run it with: psql -X -v ON_ERROR_STOP=1 -f FILE\n");
        if (steps.isEmpty()) {
            out.append("-- Nothing to do.\n");
            return;
        }
        begin();
        for (String sql : history.create()) {
            statement(sql);
        }
        for (Step step : steps) {
            step(step);
        }
        commit();
    }

    private void step(Step step) throws IOException {
        boolean up = step.direction() == Direction.UP;
        if (step.transactional()) {
            begin();
        } else {
            commit();
        }
        out.append("\n-- ")
                .append(up ? "upgrade " : "downgrade ")
                .append(step.id())
                .append(step.revision()
                        .map(revision -> ": " + revision.description())
                        .orElse(""))
                .append(step.transactional() ? "\n" : " (outside a transaction)\n");
        int statements = 1;
        if (step.work() instanceof Work.Scripted scripted) {
            statements = script(scripted.script());
        } else {
            out.append("-- Here Belay runs the Java code of the revision, which is no SQL.\n");
        }
        List<String> record = up
                ? history.record(
                        List.of(new Entry(Records.of(step, note -> {}), "psql", Duration.ZERO, statements)), graph)
                : history.forget(List.of(step.id()), graph);
        for (String sql : record) {
            statement(sql);
        }
    }

    private int script(RevisionScript script) throws IOException {
        int count = 0;
        try (StatementReader statements = script.statements()) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                if (OuterPair.isPart(statement)) {
                    continue; // the transaction is begun and ended here
                }
                statement(statement.text());
                if (statement.copyData().isPresent()) {
                    data(statement.copyData().get());
                }
                count++;
            }
        }
        return count;
    }

    private void data(Reader data) throws IOException {
        char[] chars = new char[1 << 13];
        char last = '\n';
        for (int n = data.read(chars); n >= 0; n = data.read(chars)) {
            if (n > 0) {
                out.append(java.nio.CharBuffer.wrap(chars, 0, n));
                last = chars[n - 1];
            }
        }
        out.append(last == '\n' ? "\\.\n" : "\n\\.\n");
    }

    private void statement(String sql) throws IOException {
        out.append(sql).append(";\n");
    }

    private void begin() throws IOException {
        if (!open) {
            statement("BEGIN");
            open = true;
        }
    }

    private void commit() throws IOException {
        if (open) {
            statement("COMMIT");
            open = false;
        }
    }
}
