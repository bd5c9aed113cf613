package dev.belay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.preflight.PostgresPreflight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of checks says what the code says of itself; {@code -Dbelay.docs.update=true} writes it anew. */
class ChecksPageTest {
    private static final Path PAGE = Pages.ROOT.resolve("docs/reference/checks.md");
    private static final Path VALIDATORS = Pages.ROOT.resolve("postgres/src/main/java/dev/belay/postgres/validation");
    private static final Pattern FACTORY = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public static (?:Validator|PreservedRows) (\\w+)\\(([^)]*)\\)",
            Pattern.DOTALL);

    @Test
    void listsEveryCheckOfThePreflight() {
        isInThePage("preflight", preflight());
    }

    @Test
    void listsEveryValidator() throws IOException {
        List<String> table = validators();
        assertThat(table).hasSizeGreaterThan(10);
        isInThePage("validators", table);
    }

    private static void isInThePage(String name, List<String> table) {
        List<String> written = Pages.lines(PAGE);
        int begin = written.indexOf("<!-- generated: " + name + " -->");
        int end = begin + written.subList(begin, written.size()).indexOf("<!-- end -->");
        List<String> correct = new ArrayList<>(written.subList(0, begin + 1));
        correct.addAll(table);
        correct.addAll(written.subList(end, written.size()));
        if (Pages.update()) {
            Pages.write(PAGE, correct);
        } else {
            assertThat(written)
                    .as("%s; -Dbelay.docs.update=true corrects it", PAGE)
                    .isEqualTo(correct);
        }
    }

    private static List<String> preflight() {
        List<String> table = new ArrayList<>();
        table.add("| check | looks at | a finding is | costs | way out |");
        table.add("|---|---|---|---|---|");
        PostgresPreflight.checks()
                .forEach(check -> table.add(
                        row("`" + check.id() + "`", check.looksAt(), check.severity(), check.cost(), check.wayOut())));
        return table;
    }

    /** The first paragraph of each factory method; of overloads, that of the first. */
    private static List<String> validators() throws IOException {
        List<String> table = new ArrayList<>(List.of("| validator | holds when |", "|---|---|"));
        Set<String> seen = new LinkedHashSet<>();
        for (Path source : sources()) {
            String type = source.getFileName().toString().replace(".java", "");
            Matcher matcher = FACTORY.matcher(Files.readString(source));
            while (matcher.find()) {
                if (seen.add(type + "." + matcher.group(2))) {
                    table.add(row(
                            "`" + type + "." + matcher.group(2) + "(" + names(matcher.group(3)) + ")`",
                            said(matcher.group(1))));
                }
            }
        }
        return table;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(VALIDATORS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** The parameters' names, without their types. */
    private static String names(String parameters) {
        return parameters.replaceAll("\\s+", " ").replaceAll("\\w+(\\.\\.\\.)? (\\w+)", "$2$1");
    }

    private static String said(String javadoc) {
        String text = javadoc.replaceAll("(?m)^\\s*\\* ?", "").strip();
        return text.split("\\n\\s*\\n|\\n@|<p>", 2)[0]
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@link #(\\w+)[^}]*}", "`$1`")
                .replaceAll("\\{@link (\\w+)#(\\w+)[^}]*}", "`$1.$2`")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
    }

    private static String row(String... cells) {
        return "| "
                + String.join(
                        " | ",
                        Stream.of(cells).map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }
}
