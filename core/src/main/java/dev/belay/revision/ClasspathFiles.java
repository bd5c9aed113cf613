package dev.belay.revision;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds a folder on a class path, in all places that have it. */
final class ClasspathFiles {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private ClasspathFiles() {}

    static List<Revision> at(String location, ClassLoader classLoader) {
        String described = "classpath:" + location;
        try {
            List<URL> folders = folders(location, classLoader);
            List<Revision> revisions = new ArrayList<>();
            for (URL folder : folders) {
                revisions.addAll(read(folder, location + "/"));
            }
            if (folders.isEmpty()) {
                revisions.addAll(inJarsWithoutFolders(location + "/", classLoader));
                if (revisions.isEmpty()) {
                    throw new UnreadableRevisionsException(
                            described,
                            "nothing on the class path has such a folder."
                                    + " Add it to the resources, or name another, without a wildcard.",
                            null);
                }
            }
            return List.copyOf(revisions);
        } catch (IOException | URISyntaxException | FileSystemNotFoundException e) {
            throw new UnreadableRevisionsException(described, "reading the class path failed (" + e + ").", e);
        }
    }

    private static List<URL> folders(String location, ClassLoader classLoader) throws IOException {
        Map<String, URL> byText = new LinkedHashMap<>(); // URL.equals asks the network
        for (URL url : Collections.list(classLoader.getResources(location))) {
            byText.putIfAbsent(url.toExternalForm(), url);
        }
        return List.copyOf(byText.values());
    }

    private static List<Revision> read(URL folder, String location) throws IOException, URISyntaxException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            return JarEntryFile.revisionsIn(jar, folder, location);
        }
        return PathFile.revisionsIn(Path.of(folder.toURI()));
    }

    /** Some builds leave the entries of folders out of a jar, and then class loaders don't find the folder. */
    private static List<Revision> inJarsWithoutFolders(String location, ClassLoader classLoader) throws IOException {
        List<Revision> revisions = new ArrayList<>();
        for (URL manifest : folders(MANIFEST, classLoader)) {
            String text = manifest.toExternalForm();
            URL folder = new URL(manifest, text.substring(0, text.length() - MANIFEST.length()) + location);
            if (manifest.openConnection() instanceof JarURLConnection jar) {
                revisions.addAll(JarEntryFile.revisionsIn(jar, folder, location));
            }
        }
        return revisions;
    }
}
