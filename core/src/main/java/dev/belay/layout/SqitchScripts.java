package dev.belay.layout;

import dev.belay.revision.Change;
import dev.belay.revision.Script;
import dev.belay.revision.SectionedFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Finds the scripts of changes (Plan/Change.pm), which psql runs: with variables, and in a transaction only if they begin one. */
final class SqitchScripts {
    /** So much of a script is looked at for its beginning; longer ones have statements. */
    private static final int HEAD = 1 << 14;

    private static final Pattern COMMENT = Pattern.compile("--[^\\r\\n]*|(?s:/\\*.*?\\*/)|\\uFEFF");
    private static final Pattern BEGIN = Pattern.compile("(?is)\\s*(?:begin|start\\s+transaction)\\b.*");
    private static final Pattern NOTHING =
            Pattern.compile("(?is)\\s*(?:begin[^;]*;\\s*)?(?:(?:commit|rollback)[^;]*;\\s*)?");

    private final SqitchSettings settings;
    private final Map<String, Map<String, String>> variables = new HashMap<>();

    SqitchScripts(SqitchSettings settings) {
        this.settings = settings;
        for (String kind : List.of("deploy", "revert", "verify")) {
            variables.put(kind, settings.variables(kind));
        }
    }

    /** Where a change's script lies, or would lie. */
    Path path(SqitchChange change, String kind) {
        Path directory = settings.scripts(kind, change.isReworked());
        String name = change.planned().name();
        if (!change.isReworked()) {
            return directory.resolve(name + "." + settings.extension()).normalize();
        }
        Path deploys = settings.scripts("deploy", true);
        List<String> names = change.reworkTags().stream()
                .map(tag -> name + "@" + tag.planned().name() + "." + settings.extension())
                .toList();
        return directory
                .resolve(names.stream()
                        .filter(each -> Files.exists(deploys.resolve(each)))
                        .findFirst()
                        .orElse(names.get(0)))
                .normalize();
    }

    /** The change that a script makes; empty where there is none, or nothing in it. */
    Optional<Change.Sql> change(Path file, String kind) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        AtomicBoolean psql = new AtomicBoolean();
        Script raw = SectionedFile.read(file, line -> {
                    psql.compareAndSet(false, line.indexOf(':') >= 0 || line.indexOf('\\') >= 0);
                    return false;
                })
                .get(0)
                .script();
        Map<String, String> known = Map.copyOf(variables.getOrDefault(kind, Map.of()));
        Script script = psql.get() ? raw.rewritten(text -> new PsqlReader(text.open(), file, known)) : raw;
        String head = COMMENT.matcher(head(script)).replaceAll(" ");
        return NOTHING.matcher(head).matches()
                ? Optional.empty()
                : Optional.of(new Change.Sql(script, BEGIN.matcher(head).matches()));
    }

    private static String head(Script script) throws IOException {
        char[] head = new char[HEAD];
        int count = 0;
        try (Reader reader = script.open()) {
            int n = 0;
            while (n >= 0 && count < HEAD) {
                count += n;
                n = reader.read(head, count, HEAD - count);
            }
        }
        return new String(head, 0, count);
    }
}
