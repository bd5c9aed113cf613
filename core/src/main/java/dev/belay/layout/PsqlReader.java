package dev.belay.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script as psql sends it: variables are replaced outside of quotes, comments and the data of a COPY, and lines that only set a
 * variable, print or format are left empty. All other commands of psql are passed on, for the reader of statements to refuse.
 */
final class PsqlReader extends RewritingReader {
    private final PsqlVariables variables;
    private final PsqlCopy copy = new PsqlCopy();
    private boolean inData;

    /** Of a script, with variables by their names. */
    PsqlReader(Reader script, Path file, Map<String, String> variables) {
        super(new BufferedReader(script));
        this.variables = new PsqlVariables(file, new HashMap<>(variables));
    }

    @Override
    boolean advance() throws IOException {
        if (in.peek() < 0) {
            return false;
        }
        token();
        return true;
    }

    private void take() throws IOException {
        ready.append((char) in.next());
    }

    private static boolean isName(int c) {
        return c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private void token() throws IOException {
        if (inData) {
            data();
            return;
        }
        char c = (char) in.next();
        if (c == ':') {
            colon();
            return;
        }
        if (c == '\\') {
            command();
            return;
        }
        ready.append(c);
        if (c == '-' && in.peek() == '-') {
            ready.append(restOfLine());
        } else if (c == '/' && in.peek() == '*') {
            comment();
        } else if (c == '\'' || c == '"') {
            quoted(c, false);
        } else if (c == '$') {
            dollarQuoted();
        } else if (isName(c)) {
            word();
        } else if (copy.symbol(c)) {
            data(); // the rest of this line belongs to nothing
            inData = true;
        }
    }

    private void word() throws IOException {
        while (isName(in.peek()) || in.peek() == '$') {
            take();
        }
        String word = ready.toString().toLowerCase(Locale.ENGLISH);
        if (word.equals("e") && in.peek() == '\'') {
            take();
            quoted('\'', true);
        } else {
            copy.word(word);
        }
    }

    private void comment() throws IOException {
        int depth = 0;
        int last = '/';
        for (int c = in.peek(); c >= 0; c = in.peek()) {
            take();
            if (last == '/' && c == '*') {
                depth++;
                last = 0;
            } else if (last == '*' && c == '/') {
                if (--depth == 0) {
                    return;
                }
                last = 0;
            } else {
                last = c;
            }
        }
    }

    private void quoted(char quote, boolean escapes) throws IOException {
        for (int c = in.peek(); c >= 0; c = in.peek()) {
            take();
            if (escapes && c == '\\' && in.peek() >= 0) {
                take();
            } else if (c == quote) {
                return; // a doubled one begins again
            }
        }
    }

    private void dollarQuoted() throws IOException {
        int from = ready.length() - 1;
        while (isName(in.peek())) {
            take();
        }
        boolean parameter = ready.length() > from + 1 && Character.isDigit(ready.charAt(from + 1));
        if (parameter || in.peek() != '$') {
            return;
        }
        take();
        String tag = ready.substring(from);
        int body = ready.length();
        while (in.peek() >= 0) {
            take();
            int begin = ready.length() - tag.length();
            if (begin >= body && ready.indexOf(tag, begin) == begin) {
                return;
            }
        }
    }

    private void colon() throws IOException {
        int next = in.peek();
        if (next == ':' || next == '=') {
            ready.append(':');
            take();
        } else if (next == '\'' || next == '"') {
            in.next();
            String name = name();
            if (name.isEmpty() || in.peek() != next) {
                ready.append(':').append((char) next).append(name);
                quoted((char) next, false);
                return;
            }
            in.next();
            ready.append(variables.quoted(name, (char) next, in.line()));
        } else if (isName(next)) {
            String name = name();
            @Nullable String value = variables.plain(name);
            ready.append(value == null ? ":" + name : value);
        } else {
            ready.append(':');
        }
    }

    private String name() throws IOException {
        StringBuilder name = new StringBuilder();
        while (isName(in.peek())) {
            name.append((char) in.next());
        }
        return name.toString();
    }

    /** Up to the line feed, which is left. */
    private String restOfLine() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int c = in.peek(); c >= 0 && c != '\n'; c = in.peek()) {
            rest.append((char) in.next());
        }
        return rest.toString();
    }

    private void command() throws IOException {
        String name = name();
        String arguments = restOfLine();
        if (!variables.run(name, arguments, in.line())) {
            ready.append('\\').append(name).append(arguments);
        }
    }

    /** A line of it. */
    private void data() throws IOException {
        String row = restOfLine();
        ready.append(row);
        if (in.peek() >= 0) {
            take();
        }
        inData = !row.stripTrailing().equals("\\.");
    }
}
