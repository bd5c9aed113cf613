package dev.belay.postgres.alembic;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from Python files what Alembic reads by running them: the variables at the top, which its template writes as literals. */
final class PythonRevisions {
    private static final String TYPE = "\\s*(?::[^=\\n]+)?=\\s*";
    private static final Pattern ID = Pattern.compile("(?m)^revision" + TYPE + "(['\"])(.+?)\\1");
    private static final Pattern NAMED = Pattern.compile("(?m)^revision\\b" + TYPE);
    private static final Pattern STRING = Pattern.compile("(['\"])(.*?)\\1");
    private static final Pattern LITERAL =
            Pattern.compile("(?s)(None\\b|\\(.*?\\)|\\[.*?\\]|(?:[rbu]?)(['\"])[^'\"\\n]*\\2)");
    private static final Pattern TITLE =
            Pattern.compile("(?s)^(?:\\s*#[^\\n]*\\n|\\s+)*[rRuU]?(\"\"\"|'''|\"|')(.*?)\\1");
    private static final Pattern RAISES = Pattern.compile("(?m)^def downgrade\\([^)]*\\)[^:]*:\\s*\\n"
            + "(?:\\s*(?:#[^\\n]*|\"\"\"(?s:.*?)\"\"\")?\\n)*[ \\t]+raise\\b[ \\t]*(\\w*)");

    private record Header(String id, Path file, String text, List<String> parents) {}

    private PythonRevisions() {}

    /** The revisions of a project. */
    static List<Revision> read(AlembicProject project) {
        try {
            Map<String, Header> headers = new LinkedHashMap<>();
            for (Path file : project.files()) {
                Header header = header(file);
                Header other = headers.putIfAbsent(header.id(), header);
                if (other != null) {
                    throw new MalformedRevisionException(
                            file.toString(),
                            line(header.text(), ID),
                            "revision " + header.id() + " is there a second time, after " + other.file()
                                    + ". Give one of them another id.");
                }
            }
            List<Revision> revisions = new ArrayList<>();
            headers.values().forEach(header -> revisions.add(revision(header, headers.keySet())));
            return revisions;
        } catch (IOException e) {
            throw new UnreadableRevisionsException(
                    project.versions().toString(), "reading the revisions failed (" + e + ").", e);
        }
    }

    private static Header header(Path file) throws IOException {
        String text = text(file);
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            boolean computed = NAMED.matcher(text).find();
            throw new MalformedRevisionException(
                    file.toString(),
                    computed ? line(text, NAMED) : 1,
                    computed
                            ? "revision is not a string in quotes; only such are understood without running Python."
                            : "the file has no variable revision. Move it away if it is no revision of Alembic's.");
        }
        List<String> parents = new ArrayList<>(ids(file, text, "down_revision"));
        parents.addAll(ids(file, text, "depends_on"));
        return new Header(id.group(2), file, text, List.copyOf(new LinkedHashSet<>(parents)));
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedRevisionException(file.toString(), 0, "the file is not in UTF-8. Convert it.");
        }
    }

    /** The ids in a variable: None, a string, or several in brackets. */
    private static List<String> ids(Path file, String text, String variable) {
        Pattern pattern = Pattern.compile("(?m)^" + variable + TYPE);
        Matcher assigned = pattern.matcher(text);
        if (!assigned.find()) {
            return List.of();
        }
        Matcher literal = LITERAL.matcher(text).region(assigned.end(), text.length());
        if (!literal.lookingAt()) {
            throw new MalformedRevisionException(
                    file.toString(),
                    line(text, pattern),
                    variable
                            + " is not None, a string in quotes, or several in brackets; only such are understood without"
                            + " running Python.");
        }
        List<String> ids = new ArrayList<>();
        Matcher string = STRING.matcher(literal.group());
        while (string.find()) {
            ids.add(string.group(2));
        }
        return ids;
    }

    private static Revision revision(Header header, Set<String> all) {
        List<String> parents =
                header.parents().stream().map(id -> full(id, all)).toList();
        Change run = Change.Code.runBy("Alembic");
        Matcher raises = RAISES.matcher(header.text());
        Change down = raises.find() ? new Change.Irreversible("its downgrade() raises " + raises.group(1)) : run;
        return new Revision(
                header.id(), parents, title(header.text()), header.file().toString(), run, down);
    }

    /** Alembic understands the beginning of an id, too. */
    private static String full(String id, Set<String> all) {
        if (all.contains(id)) {
            return id;
        }
        List<String> found = all.stream().filter(one -> one.startsWith(id)).toList();
        return found.size() == 1 ? found.get(0) : id;
    }

    private static String title(String text) {
        Matcher title = TITLE.matcher(text);
        return title.find()
                ? title.group(2).strip().lines().findFirst().orElse("").strip()
                : "";
    }

    private static int line(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? 1
                        + (int) text.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                : 1;
    }
}
