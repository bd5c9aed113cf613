package dev.belay.revision;

import dev.belay.revision.RevisionFile.Reading;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds a folder on a class path, in all places that have it. */
final class ClasspathFiles {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private ClasspathFiles() {}

    /** Reads the files that are directly at a location, place for place and by name. */
    static void each(String location, ClassLoader classLoader, Reading reading) {
        String described = "classpath:" + location;
        try {
            List<URL> folders = folders(location, classLoader);
            for (URL folder : folders) {
                each(folder, location + "/", reading);
            }
            if (folders.isEmpty() && inJarsWithoutFolders(location + "/", classLoader, reading) == 0) {
                throw new UnreadableRevisionsException(
                        described,
                        "nothing on the class path has such a folder."
                                + " Add it to the resources, or name another, without a wildcard.",
                        null);
            }
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

    private static void each(URL folder, String location, Reading reading) throws IOException, URISyntaxException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            JarEntryFile.each(jar, folder, location, reading);
        } else {
            PathFile.each(Path.of(folder.toURI()), reading);
        }
    }

    /** Some builds leave the entries of folders out of a jar, and then class loaders don't find the folder. */
    private static int inJarsWithoutFolders(String location, ClassLoader classLoader, Reading reading)
            throws IOException {
        int files = 0;
        for (URL manifest : folders(MANIFEST, classLoader)) {
            String text = manifest.toExternalForm();
            URL folder = new URL(manifest, text.substring(0, text.length() - MANIFEST.length()) + location);
            if (manifest.openConnection() instanceof JarURLConnection jar) {
                files += JarEntryFile.each(jar, folder, location, reading);
            }
        }
        return files;
    }
}
