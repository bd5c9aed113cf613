package dev.belay.postgres.sql;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of a statement as far as its kind is told from them. */
final class StatementWords {
    /** Beyond this many tokens no statement's kind is decided. */
    private static final int MOST = 200;
    /** NAMEDATALEN - 1: the server cuts longer names (PostgreSQL docs, 4.1.1). */
    private static final int LONGEST_NAME = 63;

    /** A token; {@code text} is a word in lower case, the inside of a quoted identifier, or empty for a literal. */
    private record Token(TokenKind kind, String text, String written) {
        boolean is(String word) {
            return kind == TokenKind.WORD && text.equals(word);
        }

        boolean isSign(String sign) {
            return kind == TokenKind.PUNCTUATION && text.equals(sign);
        }
    }

    private static final Token NONE = new Token(TokenKind.END_OF_SCRIPT, "", "");

    private final List<Token> tokens;

    private StatementWords(List<Token> tokens) {
        this.tokens = tokens;
    }

    static StatementWords of(String statement) {
        SqlLexer lexer = new SqlLexer(new ScriptSource(new StringReader(statement), "a statement", 1));
        List<Token> tokens = new ArrayList<>();
        while (tokens.size() < MOST) {
            Text text = new Text();
            TokenKind kind = lexer.next(text);
            if (kind == TokenKind.END_OF_STATEMENT || kind == TokenKind.END_OF_SCRIPT) {
                break;
            }
            if (!kind.isBlank()) {
                tokens.add(text.token(kind));
            }
        }
        return new StatementWords(List.copyOf(tokens));
    }

    private static final class Text implements TokenSink {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder written = new StringBuilder();
        private boolean keep;

        @Override
        public void begin(TokenKind kind) {
            keep = !kind.isBlank() && !kind.isLiteral();
        }

        @Override
        public void content(char[] chars, int from, int to) {
            if (keep) {
                content.append(chars, from, to - from);
                written.append(chars, from, to - from);
            }
        }

        @Override
        public void delimiter(char[] chars, int from, int to) {
            if (keep) {
                written.append(chars, from, to - from);
            }
        }

        Token token(TokenKind kind) {
            String text = content.toString();
            return new Token(
                    kind,
                    switch (kind) {
                        case WORD -> fold(text);
                        case QUOTED_NAME -> text.replace("\"\"", "\"");
                        default -> text;
                    },
                    written.toString());
        }
    }

    private static String fold(String word) {
        StringBuilder folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            folded.append(SqlLexer.lower(word.charAt(i)));
        }
        return folded.toString();
    }

    private Token at(int i) {
        return i < tokens.size() ? tokens.get(i) : NONE;
    }

    private boolean startsWith(String phrase) {
        String[] words = phrase.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (!at(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWithAny(String... phrases) {
        for (String phrase : phrases) {
            if (startsWith(phrase)) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    boolean isTransactionControl() {
        return startsWithAny(
                "begin",
                "start transaction",
                "commit",
                "end",
                "rollback",
                "abort",
                "savepoint",
                "release",
                "prepare transaction");
    }

    boolean cannotRunInTransaction() {
        return startsWithAny(
                        "vacuum",
                        "create database",
                        "drop database",
                        "create tablespace",
                        "drop tablespace",
                        "alter system",
                        "discard all",
                        "commit prepared",
                        "rollback prepared",
                        "reindex database",
                        "reindex system",
                        "reindex schema",
                        "drop index concurrently")
                || afterCreateIndexConcurrently() > 0
                || (at(0).is("reindex") && (contains("concurrently") || reindexesMuch()))
                || (startsWith("alter table") && contains("detach") && contains("concurrently"))
                || (startsWith("alter database") && at(3).is("set") && at(4).is("tablespace"))
                || (at(0).is("cluster") && tokens.size() <= 2 && !names(at(1)));
    }

    /** {@code REINDEX (VERBOSE) DATABASE ...}: the options stand between. */
    private boolean reindexesMuch() {
        if (!at(1).isSign("(")) {
            return false;
        }
        int i = 1;
        while (i < tokens.size() && !at(i).isSign(")")) {
            i++;
        }
        return at(i + 1).is("database") || at(i + 1).is("system") || at(i + 1).is("schema");
    }

    private static boolean names(Token token) {
        return token.kind() == TokenKind.QUOTED_NAME
                || token.kind() == TokenKind.UNICODE_NAME
                || (token.kind() == TokenKind.WORD && !token.is("verbose"));
    }

    /** The place behind the words, 0 when it is another statement. */
    private int afterCreateIndexConcurrently() {
        if (startsWith("create index concurrently")) {
            return 3;
        }
        return startsWith("create unique index concurrently") ? 4 : 0;
    }

    Optional<String> concurrentIndexName() {
        int i = afterCreateIndexConcurrently();
        if (i == 0) {
            return Optional.empty();
        }
        if (at(i).is("if")) {
            i += 3;
        }
        Token name = at(i);
        boolean plain = name.kind() == TokenKind.QUOTED_NAME || (name.kind() == TokenKind.WORD && !name.is("on"));
        return plain ? Optional.of(cut(name.text())) : Optional.empty();
    }

    Optional<String> concurrentIndexTable() {
        int i = afterCreateIndexConcurrently();
        if (i == 0) {
            return Optional.empty();
        }
        while (i < tokens.size() && !at(i).is("on")) {
            i++;
        }
        i += at(i + 1).is("only") ? 2 : 1;
        StringBuilder table = new StringBuilder(at(i).written());
        while (at(i + 1).isSign(".")) {
            table.append('.').append(at(i + 2).written());
            i += 2;
        }
        return table.isEmpty() ? Optional.empty() : Optional.of(table.toString());
    }

    /** At most 63 bytes, and no half character, as the server does it. */
    private static String cut(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
