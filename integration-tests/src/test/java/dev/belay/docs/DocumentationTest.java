package dev.belay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages show is what was compiled and run. After a change of an example:
 * {@code mvn -pl integration-tests -am test -Dtest=DocumentationTest -Dbelay.docs.update=true -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class DocumentationTest {
    private static final Set<String> TAKEN_FROM_SOURCES = Set.of("java", "sql");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(?:#[^)]*)?\\)");

    static List<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsTheCodeThatIsCompiledAndRun(Path page) {
        List<String> written = Pages.lines(page);
        List<String> correct = corrected(written);
        if (Pages.update() && !correct.equals(written)) {
            Pages.write(page, correct);
            return;
        }
        assertThat(written).as("%s; -Dbelay.docs.update=true corrects it", page).isEqualTo(correct);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToFilesThatExist(Path page) {
        List<String> missing = new ArrayList<>();
        LINK.matcher(String.join("\n", Pages.lines(page)))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .forEach(missing::add);
        assertThat(missing).as("links of %s to nowhere", page).isEmpty();
    }

    @Test
    void theReadmeShowsOnlyCommandsThatAreRun() throws Exception {
        List<String> commands = blocks(Pages.lines(Pages.ROOT.resolve("README.md")), "bash");
        String checked = Files.readString(Pages.ROOT.resolve(".ci/run"));
        String quickstart = Files.readString(Pages.ROOT.resolve("examples/quickstart/pom.xml"));
        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command)
                        .satisfiesAnyOf(
                                all -> assertThat(all).isEqualTo("mvn verify"),
                                start -> assertThat(quickstart).contains("From the root: " + start + " -->")));
        assertThat(checked).contains("\nmvn -B verify\n");
    }

    private static List<String> corrected(List<String> page) {
        List<String> correct = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            correct.add(line);
            if (line.startsWith("```") && line.length() > 3) {
                int end = i + page.subList(i, page.size()).indexOf("```");
                boolean source = TAKEN_FROM_SOURCES.contains(line.substring(3).strip());
                correct.addAll(
                        source ? Region.named(page.get(Math.max(0, i - 1))).lines() : page.subList(i + 1, end));
                correct.add("```");
                i = end;
            }
        }
        return correct;
    }

    private static List<String> blocks(List<String> page, String language) {
        List<String> blocks = new ArrayList<>();
        for (int i = page.indexOf("```" + language); i >= 0; ) {
            int end = i + page.subList(i, page.size()).indexOf("```");
            blocks.add(String.join("\n", page.subList(i + 1, end)));
            int next = page.subList(end + 1, page.size()).indexOf("```" + language);
            i = next < 0 ? -1 : end + 1 + next;
        }
        return blocks;
    }
}
