package dev.pglambda.bundle;

import java.util.Objects;

/**
 * One statement of a file.
 *
 * @param line where it starts in its file, counted from 1
 * @param text without the comments before it and without its semicolon
 */
record SqlStatement(int line, String text) {

    SqlStatement {
        Objects.requireNonNull(text);
        if (line < 1 || text.isBlank()) {
            throw new IllegalArgumentException("not a statement: line " + line + ", \"" + text + "\"");
        }
    }

    /** The line in the file for a position in this statement, which PostgreSQL counts in characters from 1. */
    int lineAt(int position) {
        int end = text.offsetByCodePoints(0, Math.min(position - 1, text.codePointCount(0, text.length())));
        return line
                + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
