package dev.pglambda.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file at the semicolons that end statements, not at those in strings, quoted names, dollar quotes and
 * comments. The driver could split too, but does not tell where in the file a statement begins.
 *
 * <p>Expects {@code standard_conforming_strings}, which is PostgreSQL's default. Does not know {@code begin atomic}, which
 * the bundle does not use.
 */
final class StatementSplitter {

    private static final int NONE = -1;

    private final SqlFile file;
    private final String sql;
    private final List<SqlStatement> statements = new ArrayList<>();

    StatementSplitter(SqlFile file) {
        this.file = file;
        this.sql = file.text();
    }

    List<SqlStatement> split() {
        int start = NONE;
        for (int at = 0; at < sql.length(); ) {
            int next = endOfToken(at);
            if (sql.charAt(at) == ';') {
                add(start, at);
                start = NONE;
            } else if (start == NONE && !isSpace(at)) {
                start = at;
            }
            at = next;
        }
        add(start, sql.length());
        return List.copyOf(statements);
    }

    private void add(int start, int end) {
        if (start != NONE) {
            statements.add(
                    new SqlStatement(lineOf(start), sql.substring(start, end).stripTrailing()));
        }
    }

    private boolean isSpace(int at) {
        return Character.isWhitespace(sql.charAt(at)) || sql.startsWith("--", at) || sql.startsWith("/*", at);
    }

    private int endOfToken(int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            return endOfQuoted(at, false);
        }
        if (c == '$') {
            return endOfDollarQuoted(at);
        }
        if (sql.startsWith("--", at)) {
            int newline = sql.indexOf('\n', at);
            return newline < 0 ? sql.length() : newline;
        }
        if (sql.startsWith("/*", at)) {
            return endOfComment(at);
        }
        return isNamePart(c) ? endOfName(at) : at + 1;
    }

    /** A whole name or number: a dollar sign inside belongs to it, and an E before a quote allows backslashes. */
    private int endOfName(int at) {
        int end = at;
        while (end < sql.length() && (isNamePart(sql.charAt(end)) || sql.charAt(end) == '$')) {
            end++;
        }
        boolean escapes = end - at == 1 && (sql.charAt(at) == 'E' || sql.charAt(at) == 'e') && sql.startsWith("'", end);
        return escapes ? endOfQuoted(end, true) : end;
    }

    /** A doubled quote ends one part and starts the next, so it needs no case of its own. */
    private int endOfQuoted(int at, boolean backslashEscapes) {
        char quote = sql.charAt(at);
        for (int end = at + 1; end < sql.length(); end++) {
            if (sql.charAt(end) == quote) {
                return end + 1;
            }
            if (backslashEscapes && sql.charAt(end) == '\\') {
                end++;
            }
        }
        throw unterminated(at);
    }

    private int endOfDollarQuoted(int at) {
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && isNamePart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean parameter = tagEnd > at + 1 && Character.isDigit(sql.charAt(at + 1));
        if (parameter || !sql.startsWith("$", tagEnd)) {
            return at + 1;
        }
        String tag = sql.substring(at, tagEnd + 1);
        int end = sql.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw unterminated(at);
        }
        return end + tag.length();
    }

    private int endOfComment(int at) {
        int depth = 0;
        for (int end = at; end < sql.length(); ) {
            boolean opens = sql.startsWith("/*", end);
            boolean closes = !opens && sql.startsWith("*/", end);
            depth += opens ? 1 : closes ? -1 : 0;
            end += opens || closes ? 2 : 1;
            if (depth == 0) {
                return end;
            }
        }
        throw unterminated(at);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c >= 0x80;
    }

    private int lineOf(int at) {
        return 1 + (int) sql.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private IllegalArgumentException unterminated(int at) {
        return new IllegalArgumentException("sql/%s, line %d: %s… does not end"
                .formatted(file.name(), lineOf(at), sql.substring(at, Math.min(at + 2, sql.length()))));
    }
}
