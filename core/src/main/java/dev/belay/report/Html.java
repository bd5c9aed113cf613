package dev.belay.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML. Names of elements and classes are ours; every text is escaped, so no caller can forget to. */
final class Html {
    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    Html open(String element) {
        return open(element, "");
    }

    /** The attributes are written as they are: only constants may be given. */
    Html open(String element, String attributes) {
        out.append('<').append(element);
        if (!attributes.isEmpty()) {
            out.append(' ').append(attributes);
        }
        out.append('>');
        open.push(element);
        return this;
    }

    Html close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    /** An element that holds nothing but a text. */
    Html element(String element, String attributes, String text) {
        return open(element, attributes).text(text).close();
    }

    /** An element that holds nothing, such as {@code meta}. */
    Html empty(String element, String attributes) {
        out.append('<').append(element).append(' ').append(attributes).append("/>\n");
        return this;
    }

    /** The style sheet, in which nothing may be escaped. */
    Html style(String css) {
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }
}
