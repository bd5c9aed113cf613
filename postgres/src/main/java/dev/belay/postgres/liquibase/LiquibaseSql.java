package dev.belay.postgres.liquibase;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liquibase.change.DbmsTargetedChange;
import liquibase.change.core.LoadDataChange;
import liquibase.change.core.OutputChange;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.DatabaseFactory;
import liquibase.database.DatabaseList;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.RollbackImpossibleException;
import liquibase.precondition.Precondition;
import liquibase.precondition.core.DBMSPrecondition;
import liquibase.sql.Sql;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.statement.SqlStatement;

/** The changesets as the SQL that Liquibase makes of them without a database. */
record LiquibaseSql(Changelog changelog) implements RevisionSource {
    /** Of a server of the oldest version that Belay knows: what Liquibase writes is the same up to the newest. */
    private static final String OFFLINE = "offline:postgresql?version=14&outputLiquibaseSql=none";

    @Override
    public String layout() {
        return "liquibase";
    }

    @Override
    public String describe() {
        return "Liquibase, " + changelog.directory().resolve(changelog.file());
    }

    @Override
    public List<Revision> load() {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        changelog.revisions().forEach(revision -> revisions.put(revision.id(), revision));
        return LiquibaseScope.call(changelog, () -> {
            PostgresDatabase postgres = (PostgresDatabase) DatabaseFactory.getInstance()
                    .openDatabase(OFFLINE, null, null, null, LiquibaseScope.files(changelog.directory()));
            try {
                List<Revision> written = new ArrayList<>();
                for (ChangeSet set : changelog.changeSets(postgres)) {
                    Revision revision = revisions.get(Changelog.id(set));
                    if (revision != null) {
                        written.add(new Writing(set, revision, postgres).asSql());
                    }
                }
                return written;
            } finally {
                postgres.close();
            }
        });
    }

    /** One changeset. */
    private record Writing(ChangeSet set, Revision revision, PostgresDatabase postgres) {
        Revision asSql() {
            check();
            return new Revision(
                    revision.id(),
                    revision.parents(),
                    revision.description().isBlank() ? set.getId() : revision.description(),
                    revision.origin(),
                    up(),
                    down());
        }

        private void check() {
            List<Precondition> asked = set.getPreconditions() == null
                    ? List.of()
                    : set.getPreconditions().getNestedPreconditions();
            boolean onlyOfPostgres = asked.stream()
                    .allMatch(each -> each instanceof DBMSPrecondition dbms
                            && DatabaseList.definitionMatches(dbms.getType(), postgres, false));
            if (!onlyOfPostgres) {
                throw refused("it has preconditions, which only a database can answer. Remove them in a copy of the"
                        + " changelog where it is known what they say, or leave the changeset out there");
            }
            if (Boolean.FALSE.equals(set.getFailOnError())) {
                throw refused("it has failOnError=false, and with Belay a failure is one. Remove it in a copy of the"
                        + " changelog, or rewrite the SQL so that it doesn't fail");
            }
            if (set.getRunWith() != null && !set.getRunWith().equals("jdbc")) {
                throw refused("it is run with " + set.getRunWith() + ". Rewrite it as SQL in a copy of the changelog");
            }
        }

        private MalformedRevisionException refused(String why) {
            return new MalformedRevisionException(
                    set.getFilePath(),
                    0,
                    "changeset " + revision.id() + " can't be imported: " + why + ". Nothing was written.");
        }

        private Change up() {
            return new Change.Sql(script(set.getChanges(), false, false), set.isRunInTransaction());
        }

        private Change down() {
            if (!set.supportsRollback(postgres)) {
                return revision.downgrade() instanceof Change.Irreversible none
                        ? none
                        : new Change.Irreversible("Liquibase has no rollback for it");
            }
            if (set.getRollback() != null && !set.getRollback().getChanges().isEmpty()) {
                return new Change.Sql(script(set.getRollback().getChanges(), false, true), set.isRunInTransaction());
            }
            List<liquibase.change.Change> backwards = new ArrayList<>(set.getChanges());
            Collections.reverse(backwards);
            return new Change.Sql(script(backwards, true, true), set.isRunInTransaction());
        }

        private Script script(List<liquibase.change.Change> changes, boolean undo, boolean rollback) {
            StringBuilder text = new StringBuilder();
            for (liquibase.change.Change change : changes) {
                if (counts(change)) {
                    for (SqlStatement statement : statements(change, undo)) {
                        append(statement, change, rollback, text);
                    }
                }
            }
            return Script.ofText(set.getFilePath() + ", changeset " + set.getId(), text.toString());
        }

        /** Tags and words to the console are no part of the schema. */
        private boolean counts(liquibase.change.Change change) {
            return !(change instanceof TagDatabaseChange
                    || change instanceof OutputChange
                    || change instanceof DbmsTargetedChange targeted
                            && !DatabaseList.definitionMatches(targeted.getDbms(), postgres, true));
        }

        private SqlStatement[] statements(liquibase.change.Change change, boolean undo) {
            boolean rows = change instanceof LoadDataChange; // volatile by its word, as the file may change
            if (change instanceof LoadDataChange data) {
                data.setUsePreparedStatements(false);
            }
            try {
                boolean asks = undo
                        ? change.generateRollbackStatementsVolatile(postgres)
                        : change.generateStatementsVolatile(postgres);
                if (asks && (undo || !rows)) {
                    throw refused(only(change, Optional.empty()));
                }
                return undo ? change.generateRollbackStatements(postgres) : change.generateStatements(postgres);
            } catch (MalformedRevisionException e) {
                throw e;
            } catch (RollbackImpossibleException | RuntimeException e) {
                throw refused(only(change, Optional.of(e)));
            }
        }

        private static String only(liquibase.change.Change change, Optional<Exception> cause) {
            return "Liquibase writes no SQL of its change \""
                    + change.getSerializedObjectName() + "\" without a database"
                    + cause.map(e -> " (" + e.getClass().getSimpleName() + ")").orElse("")
                    + ". Write it as SQL in a copy of the changelog";
        }

        private void append(
                SqlStatement statement, liquibase.change.Change change, boolean rollback, StringBuilder text) {
            Sql[] generated;
            try {
                generated = SqlGeneratorFactory.getInstance().generateSql(statement, postgres);
            } catch (RuntimeException e) {
                throw refused(only(change, Optional.of(e)));
            }
            if (generated == null || generated.length == 0 && !statement.skipOnUnsupported()) {
                throw refused(only(change, Optional.empty()));
            }
            for (Sql sql : generated) {
                String words = modified(sql.toSql(), rollback).strip();
                if (!words.isEmpty()) {
                    boolean comment =
                            words.substring(words.lastIndexOf('\n') + 1).contains("--");
                    text.append(words).append(words.endsWith(";") ? "\n" : comment ? "\n;\n" : ";\n");
                }
            }
        }

        private String modified(String sql, boolean rollback) {
            String text = sql;
            for (SqlVisitor visitor : set.getSqlVisitors()) {
                if ((!rollback || visitor.isApplyToRollback())
                        && DatabaseList.definitionMatches(visitor.getApplicableDbms(), postgres, true)) {
                    text = visitor.modifySql(text, postgres);
                }
            }
            return text;
        }
    }
}
