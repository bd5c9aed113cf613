package dev.belay.postgres.command;

import dev.belay.context.Cancellation;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.revision.UnreadableRevisionsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which revisions there are, in the order in which the tool applies them. */
sealed interface KnownRevisions {
    /** One. */
    record Known(String id, String origin) {}

    /** All. */
    List<Known> of(ToolCommands tool);

    /** The files of a directory by their names, of which the pattern's first group is the id. */
    record InFiles(Path directory, Pattern pattern) implements KnownRevisions {
        @Override
        public List<Known> of(ToolCommands tool) {
            try (Stream<Path> files = Files.list(directory)) {
                return files.sorted()
                        .flatMap(file -> {
                            Matcher name = pattern.matcher(String.valueOf(file.getFileName()));
                            return name.matches()
                                    ? Stream.of(new Known(name.group(1), file.toString()))
                                    : Stream.empty();
                        })
                        .toList();
            } catch (IOException e) {
                throw new UnreadableRevisionsException(directory.toString(), "reading it failed (" + e + ").", e);
            }
        }
    }

    /** The lines that a command prints. */
    record Listed(List<String> command) implements KnownRevisions {
        public Listed {
            command = List.copyOf(command);
        }

        @Override
        public List<Known> of(ToolCommands tool) {
            StringBuilder lines = new StringBuilder();
            try {
                tool.run(
                        command,
                        Optional.empty(),
                        output -> lines.append(new String(output.readAllBytes(), StandardCharsets.UTF_8)),
                        Cancellation.withoutTimeout());
            } catch (ClientProcessException e) {
                throw UnusableCommandException.fails(tool, "lists the revisions", e);
            }
            return lines.toString()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> new Known(line, String.join(" ", command)))
                    .toList();
        }
    }
}
