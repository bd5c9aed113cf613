package dev.belay.postgres.liquibase;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.UnreadableRevisionsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;

/** Which changesets there are, as Liquibase's own parsers read them. */
record Changelog(Path directory, String file, String contexts, String labels, Map<String, String> parameters) {
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_IN_IDS = Pattern.compile("[\\s%'\",;\\p{Cntrl}]|^[^0-9A-Za-z_]");
    private static final int LONGEST = 300;

    Changelog {
        parameters = Map.copyOf(parameters);
    }

    Contexts asContexts() {
        return new Contexts(contexts);
    }

    LabelExpression asLabels() {
        return new LabelExpression(labels);
    }

    /** One after the other, in the changelog's order. */
    List<Revision> revisions() {
        return LiquibaseScope.call(this, () -> {
            PostgresDatabase postgres = new PostgresDatabase();
            List<Revision> revisions = new ArrayList<>();
            Set<String> seen = new LinkedHashSet<>();
            List<String> parents = List.of();
            for (ChangeSet set : changeSets(postgres)) {
                String id = id(set);
                if (!seen.add(id)) {
                    throw new MalformedRevisionException(
                            set.getFilePath(),
                            0,
                            "changeset " + id + " is there a second time. Give one of them another id.");
                }
                revisions.add(revision(set, id, parents, postgres));
                parents = List.of(id);
            }
            return revisions;
        });
    }

    /** Those that Liquibase would look at; called inside a scope. */
    List<ChangeSet> changeSets(PostgresDatabase postgres) {
        List<ChangeSetFilter> filters = List.of(
                new DbmsChangeSetFilter(postgres),
                new ContextChangeSetFilter(asContexts()),
                new LabelChangeSetFilter(asLabels()),
                new IgnoreChangeSetFilter());
        return parsed().getChangeSets().stream()
                .filter(set ->
                        filters.stream().allMatch(filter -> filter.accepts(set).isAccepted()))
                .toList();
    }

    private DatabaseChangeLog parsed() {
        Path path = directory.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new UnreadableRevisionsException(
                    path.toString(), "there is no such file. Create it, or name another.", null);
        }
        try {
            ChangeLogParameters values = new ChangeLogParameters();
            values.setContexts(asContexts());
            values.setLabels(asLabels());
            parameters.forEach(values::set);
            var accessor = LiquibaseScope.files(directory);
            return ChangeLogParserFactory.getInstance()
                    .getParser(file, accessor)
                    .parse(file, values, accessor);
        } catch (LiquibaseException e) {
            String words = String.valueOf(e.getMessage())
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse(e.getClass().getSimpleName());
            Matcher place = LINE.matcher(words);
            throw new MalformedRevisionException(
                    path.toString(),
                    place.find() ? Integer.parseInt(place.group(1)) : 0,
                    "Liquibase can't read it: "
                            + words.substring(0, Math.min(LONGEST, words.length()))
                                    .strip());
        }
    }

    private static Revision revision(ChangeSet set, String id, List<String> parents, PostgresDatabase postgres) {
        Change run = Change.Code.runBy("Liquibase");
        Change down = run;
        if (!set.supportsRollback(postgres)) {
            down = new Change.Irreversible("Liquibase has no rollback for it; write one into the changeset");
        } else if (set.shouldRunOnChange()) {
            down = new Change.Irreversible(
                    "it is run on each change, and its rollback doesn't lead to the text before");
        }
        String comments = set.getComments() == null ? "" : set.getComments();
        return new Revision(
                id,
                parents,
                comments.lines().findFirst().orElse(""),
                set.getFilePath(),
                run,
                down,
                set.shouldRunOnChange()
                        ? Map.of("checksum", String.valueOf(set.generateCheckSum(liquibase.ChecksumVersion.latest())))
                        : Map.of());
    }

    static String id(ChangeSet set) {
        return id(
                set.getStoredFilePath() == null ? set.getFilePath() : set.getStoredFilePath(),
                set.getId(),
                set.getAuthor());
    }

    /** As Liquibase writes it in its messages. */
    static String id(String file, String id, String author) {
        return NOT_IN_IDS
                .matcher(DatabaseChangeLog.normalizePath(file) + "::" + id + "::" + author)
                .replaceAll(found -> "%" + Integer.toHexString(found.group().charAt(0)));
    }
}
