package dev.belay.postgres.sql;

import java.util.Locale;

/** Refuses what only psql understands, its commands and variables, and says what to write instead. */
final class PsqlSyntax {
    private final ScriptSource source;

    PsqlSyntax(ScriptSource source) {
        this.source = source;
    }

    /**
     * Refuses the command that begins here, but for {@code restrict} and {@code unrestrict}, which pg_dump writes
     * around a plain dump since 15.14 to forbid psql's other commands: that is the case here anyway.
     */
    void command(TokenSink sink, boolean betweenStatements) {
        String command = commandWord();
        if (!betweenStatements || !(command.equals("restrict") || command.equals("unrestrict"))) {
            throw source.error("\\" + command + " is a command of psql and not SQL. The statement it stands in was not"
                    + " sent. " + wayOut(command));
        }
        sink.begin(TokenKind.COMMENT);
        while (source.ensure(1) && source.chars[source.pos] != '\n') {
            sink.content(source.chars, source.pos, source.pos + 1);
            source.pos++;
        }
    }

    private String commandWord() {
        StringBuilder word = new StringBuilder();
        for (int i = 1; i < 20 && CharClass.isInTag(source.peek(i)); i++) {
            word.append(source.peek(i));
        }
        if (word.isEmpty() && source.ensure(2) && source.peek(1) > ' ') {
            word.append(source.peek(1));
        }
        return word.toString();
    }

    private static String wayOut(String command) {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "i", "ir", "include", "include_relative" -> "Put the statements of that file here.";
            case "copy" -> "Write COPY ... FROM STDIN; with the data on the lines below and \\. on the last one.";
            case "c", "connect" -> "A script runs on the database it is meant for; leave the line out.";
            case "set", "unset", "gset", "if", "elif", "else", "endif" ->
                "Write the values out," + " or decide in a DO block.";
            case "g", "gx", "gexec", "gdesc", "crosstabview", ";" ->
                "End each statement with a semicolon," + " and run SQL that is made by SQL in a DO block with EXECUTE.";
            case "." -> "It ends the data of a COPY ... FROM STDIN, and there is none before it.";
            default -> "Leave it out.";
        };
    }

    /** Refuses {@code :name}, {@code :'name'}, {@code :"name"} and {@code :{?name}}, where they can be nothing else. */
    void refuseVariable(boolean refuseNames) {
        char next = source.peek(1);
        boolean variable;
        if (next == '{') {
            variable = source.peek(2) == '?';
        } else if (next == '\'' || next == '"') {
            variable = refuseNames && CharClass.isInTag(source.peek(2));
        } else {
            variable = refuseNames && CharClass.isInTag(next);
        }
        if (variable) {
            throw source.error("a colon before a name stands for a variable of psql, and there are none here. The"
                    + " statement was not sent. Write the value out; if the colon is meant for the server, put a space"
                    + " behind it.");
        }
    }
}
