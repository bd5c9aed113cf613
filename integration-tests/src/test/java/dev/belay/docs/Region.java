package dev.belay.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page shows of a source: all of it, or what is between {@code tag::name[]} and {@code end::name[]}. */
record Region(Path file, String name) {
    private static final Pattern REFERENCE = Pattern.compile("<!-- from: ([^#\\s]+)(?:#(\\S+))? -->");
    private static final Pattern TAG = Pattern.compile("^\\s*(?://|--|#)\\s*(?:tag|end)::\\S+\\[]\\s*$");

    /**
     * The region that a comment of the page names.
     *
     * @throws AssertionError when the line is no such comment
     */
    static Region named(String comment) {
        Matcher matcher = REFERENCE.matcher(comment.strip());
        if (!matcher.matches()) {
            throw new AssertionError("code must be preceded by <!-- from: path#region -->, not by: " + comment);
        }
        return new Region(Pages.ROOT.resolve(matcher.group(1)), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /** Its lines without those of tags, indented no more than needed, without blank ones at the end. */
    List<String> lines() {
        List<String> shown = new ArrayList<>(raw());
        shown.removeIf(line -> TAG.matcher(line).matches());
        int indent = shown.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        shown.replaceAll(line -> line.isBlank() ? "" : line.substring(indent));
        while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
            shown.remove(shown.size() - 1);
        }
        return shown;
    }

    private List<String> raw() {
        List<String> lines = Pages.lines(file);
        return name.isEmpty() ? lines : lines.subList(only(lines, "tag::") + 1, only(lines, "end::"));
    }

    private int only(List<String> lines, String kind) {
        String tag = kind + name + "[]";
        List<String> tags = lines.stream().filter(line -> line.contains(tag)).toList();
        if (tags.size() != 1) {
            throw new AssertionError(file + " has " + tag + " " + tags.size() + " times, not once");
        }
        return Collections.indexOfSubList(lines, tags);
    }
}
