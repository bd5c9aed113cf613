package dev.belay.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionsTest {
    @TempDir
    Path dir;

    @Test
    void readsADirectoryByNameAndIgnoresWhatIsNotSql() throws IOException {
        write(dir, "bbbb", "second");
        write(dir, "aaaa", "first");
        Files.writeString(dir.resolve("README.md"), "hello");
        Files.writeString(dir.resolve(".#20250101_0000_cccc_lock.sql"), "an editor's");
        Files.createDirectory(dir.resolve("old.sql"));

        assertThat(Revisions.in(dir).load()).extracting(Revision::id).containsExactly("aaaa", "bbbb");
        assertThat(Revisions.in(dir).describe()).isEqualTo(dir.toString());
    }

    @Test
    void saysWhichDirectoryIsMissing() {
        assertThatThrownBy(() -> Revisions.in(dir.resolve("nowhere")).load())
                .isInstanceOf(UnreadableRevisionsException.class)
                .hasMessageContaining(dir.resolve("nowhere").toString())
                .hasMessageContaining("Create it");
    }

    @Test
    void readsADirectoryOfTheClassPath() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("with space/db/revisions"));
        write(folder, "aaaa", "first");
        try (URLClassLoader loader = loader(dir.resolve("with space"))) {
            assertThat(ids(Revisions.onClasspath("/db/revisions/", loader))).containsExactly("aaaa");
        }
    }

    @Test
    void readsAJarAndHoldsNothingOpen() throws IOException {
        Path jar = jar("app+1 x.jar", true);
        List<Revision> revisions;
        try (URLClassLoader loader = loader(jar)) {
            revisions = Revisions.onClasspath("db/revisions", loader).load();
        }

        assertThat(revisions).extracting(Revision::id).containsExactly("aaaa", "bbbb");
        assertThat(revisions.get(0).origin()).startsWith("jar:file:").endsWith("_aaaa_odd%20%23%25ä.sql");
        assertThat(BelayLayoutTest.text(revisions.get(0).upgrade())).isEqualTo("SELECT 'aaaa';\n");
        assertThat(BelayLayoutTest.text(revisions.get(1).downgrade())).isEqualTo("SELECT 'no bbbb';\n");
        assertThat(openFiles()).noneMatch(file -> file.equals(jar.toString()));
    }

    @Test
    void readsAJarWithoutEntriesForItsFolders() throws IOException {
        try (URLClassLoader loader = loader(jar("flat.jar", false))) {
            assertThat(ids(Revisions.onClasspath("db/revisions", loader))).containsExactly("aaaa", "bbbb");
        }
    }

    @Test
    void readsAJarInsideAJarThroughItsLoadersHandler() throws IOException {
        Path inner = jar("inner.jar", true);
        ClassLoader fat = new ClassLoader(null) {
            @Override
            protected Enumeration<URL> findResources(String name) throws IOException {
                return Collections.enumeration(List.of(
                        new URL(null, "jar:nested:/app.jar/!lib/inner.jar!/" + name, new NestedHandler(inner))));
            }
        };

        List<Revision> revisions = Revisions.onClasspath("db/revisions", fat).load();

        assertThat(revisions).extracting(Revision::id).containsExactly("aaaa", "bbbb");
        assertThat(BelayLayoutTest.text(revisions.get(1).upgrade())).isEqualTo("SELECT 'bbbb';\n");
    }

    @Test
    void addsUpPlacesOfTheClassPath() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("classes/db/revisions"));
        write(folder, "cccc", "third");
        try (URLClassLoader loader = loader(dir.resolve("classes"), jar("lib.jar", true))) {
            assertThat(ids(Revisions.onClasspath("db/revisions", loader))).containsExactly("cccc", "aaaa", "bbbb");
        }
    }

    @Test
    void saysWhichLocationIsNotOnTheClassPath() {
        assertThatThrownBy(() -> Revisions.onClasspath("db/nowhere").load())
                .isInstanceOf(UnreadableRevisionsException.class)
                .hasMessageContaining("classpath:db/nowhere");
        assertThatThrownBy(() -> Revisions.onClasspath("/")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsRevisionsWrittenInJava() throws IOException {
        write(dir, "aaaa", "first");
        Revision java = Revision.named("copy1", "Copy phone numbers")
                .after("aaaa")
                .upgrade(connection -> connection.createStatement().execute("SELECT 1"))
                .irreversible("the old column is gone");
        RevisionSource own = () -> List.of(Revision.named("own1", "Mine")
                .origin("Mine.java")
                .noTransaction()
                .upgrade(connection -> {})
                .downgrade(connection -> {}));

        List<Revision> all = Revisions.in(dir).and(Revisions.of(java)).and(own).load();

        assertThat(all).extracting(Revision::id).containsExactly("aaaa", "copy1", "own1");
        assertThat(all).extracting(Revision::origin).endsWith("Java", "Mine.java");
        assertThat(all.get(1).reversible()).isFalse();
        assertThat(all.get(2).upgrade().transactional()).isFalse();
        assertThat(all.get(2).downgrade().transactional()).isFalse();
    }

    @Test
    void knowsTheChecksumsThatTheRevisionsHave() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("classes/db/revisions"));
        write(folder, "cccc", "third");
        Files.writeString(folder.resolve("20250101_0000_dddd_long.sql"), """
                -- belay:revision dddd
                -- belay:parents cccc
                -- belay:upgrade
                SELECT '%s';
                -- belay:irreversible a test
                """.formatted("x".repeat(10_000)));
        Files.createDirectory(folder.resolve("20250101_0000_eeee_directory.sql"));
        try (URLClassLoader loader = loader(dir.resolve("classes"), jar("lib.jar", true))) {
            assertChecksums(Revisions.in(folder));
            assertChecksums(Revisions.onClasspath("db/revisions", loader));
        }
        assertChecksums(Revisions.in(folder).and(Revisions.in(Files.createDirectory(dir.resolve("empty")))));
    }

    private static void assertChecksums(Revisions revisions) {
        Map<String, String> expected = revisions.load().stream()
                .collect(Collectors.toMap(
                        Revision::id, revision -> revision.properties().getOrDefault(Revision.FILE_SHA256, "none")));
        assertThat(expected).isNotEmpty().doesNotContainValue("none");
        assertThat(revisions.checksums()).contains(expected);
    }

    @Test
    void knowsNoChecksumsOfWhatIsTwiceOrNotInFiles() throws IOException {
        write(dir, "aaaa", "first");
        Revisions once = Revisions.in(dir);
        Revision java =
                Revision.named("java1", "Mine").upgrade(connection -> {}).downgrade(connection -> {});

        assertThat(once.checksums()).isPresent();
        assertThat(once.and(once).checksums()).isEmpty();
        assertThat(once.and(Revisions.of(java)).checksums()).isEmpty();
        assertThat(Revisions.of(java).and(once).checksums()).isEmpty();
        Files.copy(dir.resolve("20250101_0000_aaaa_first.sql"), dir.resolve("20250102_0000_aaaa_first.sql"));
        assertThat(once.checksums()).isEmpty();
    }

    @Test
    void readsFiveThousandRevisionsQuickly() throws IOException {
        for (int i = 0; i < 5000; i++) {
            write(dir, String.format(java.util.Locale.ROOT, "r%06d", i), "revision " + i);
        }
        Revisions.in(dir).load(); // the JVM's and the disk's warming up
        long start = System.nanoTime();
        RevisionGraph graph = RevisionGraph.of(Revisions.in(dir).load());
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(graph.size()).isEqualTo(5000);
        System.out.println("5,000 revisions read in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(5)); // tenfold, for busy machines
    }

    private static List<String> ids(RevisionSource source) {
        return source.load().stream().map(Revision::id).toList();
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    private static String content(String id) {
        return "-- belay:revision " + id + "\n-- belay:upgrade\nSELECT '" + id + "';\n-- belay:downgrade\nSELECT 'no "
                + id + "';\n";
    }

    private static void write(Path folder, String id, String description) throws IOException {
        Files.writeString(
                folder.resolve("20250101_0000_" + id + "_" + description.replace(' ', '_') + ".sql"), content(id));
    }

    private Path jar(String name, boolean folders) throws IOException {
        Path file = dir.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (folders) {
                jar.putNextEntry(new JarEntry("db/"));
                jar.putNextEntry(new JarEntry("db/revisions/"));
            }
            entry(jar, "db/revisions/20250101_0001_bbbb_second.sql", content("bbbb"));
            entry(jar, "db/revisions/20250101_0000_aaaa_odd #%ä.sql", content("aaaa"));
            entry(jar, "db/revisions/README.md", "hello");
            entry(jar, "db/revisions/old/20250101_0000_cccc_x.sql", content("cccc"));
            entry(jar, "db/revisions2/20250101_0000_dddd_x.sql", content("dddd"));
        }
        return file;
    }

    private static void entry(JarOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The files that this JVM has open, where the system tells (Linux). */
    private static List<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (var all = Files.list(descriptors)) {
            return all.map(each -> {
                        try {
                            return Files.readSymbolicLink(each).toString();
                        } catch (IOException e) {
                            return ""; // the listing's own descriptor is closed by now
                        }
                    })
                    .toList();
        }
    }

    /** What the loader of a fat jar registers, reduced to one inner jar. */
    private static final class NestedHandler extends URLStreamHandler {
        private final Path inner;

        NestedHandler(Path inner) {
            this.inner = inner;
        }

        @Override
        protected URLConnection openConnection(URL asked) throws IOException {
            return new JarURLConnection(new URL("jar:file:/stand-in.jar!/x")) {
                private final String entry = java.net.URLDecoder.decode(
                        asked.getPath()
                                .substring(asked.getPath().indexOf("inner.jar!/") + 11)
                                .replace("+", "%2B"),
                        java.nio.charset.StandardCharsets.UTF_8);

                {
                    this.url = asked;
                }

                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public JarFile getJarFile() throws IOException {
                    return new JarFile(inner.toFile());
                }

                @Override
                public java.io.InputStream getInputStream() throws IOException {
                    try (JarFile jar = getJarFile();
                            java.io.InputStream in = jar.getInputStream(jar.getJarEntry(entry))) {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        in.transferTo(bytes);
                        return new java.io.ByteArrayInputStream(bytes.toByteArray());
                    }
                }
            };
        }
    }
}
