package dev.belay.revision;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A file in a jar, which may itself be in a jar: whoever loads classes from there (Spring Boot for instance) has a URL
 * handler for it, and through that it is read.
 */
record JarEntryFile(String name, URL url) implements RevisionFile {
    @Override
    public String origin() {
        return url.toExternalForm();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // a cached jar stays open until the JVM ends, and can't be replaced on Windows
        InputStream in = connection.getInputStream();
        try {
            in.skipNBytes(offset);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return in;
    }

    /**
     * Reads the files that are directly in a folder of a jar, by name; tells how many.
     *
     * @param inJar a connection to anything in the jar
     * @param folder the folder's URL, with or without a slash at its end
     * @param location what the folder is called inside the jar, with a slash at its end
     */
    static int each(JarURLConnection inJar, URL folder, String location, Reading reading) throws IOException {
        String base = folder.toExternalForm();
        base = base.endsWith("/") ? base : base + "/";
        inJar.setUseCaches(false);
        try (JarFile jar = inJar.getJarFile()) {
            List<JarEntry> entries = entriesIn(jar, location);
            for (JarEntry entry : entries) {
                String name = entry.getName().substring(location.length());
                JarEntryFile file = new JarEntryFile(name, new URL(folder, base + encoded(name)));
                try (InputStream in = jar.getInputStream(entry)) {
                    reading.read(file, in);
                }
            }
            return entries.size();
        }
    }

    private static List<JarEntry> entriesIn(JarFile jar, String location) {
        return jar.stream()
                .filter(entry -> entry.getName().startsWith(location))
                .filter(entry -> entry.getName().indexOf('/', location.length()) < 0)
                .filter(entry -> RevisionFile.isSql(entry.getName().substring(location.length())))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
    }

    private static String encoded(String name) throws IOException {
        try {
            return new URI(null, null, "/" + name, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IOException("no URL for the entry " + name, e);
        }
    }
}
