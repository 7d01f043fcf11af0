package dev.pglambda.handler;

/** Makes a text of an error fit for {@code jsonb}, for SQL and for a log line. */
final class ErrorText {

    private static final char REPLACEMENT = '\uFFFD';

    private ErrorText() {}

    /**
     * The text, cut to at most {@code longest} characters between code points. NUL and unpaired surrogates, which
     * {@code jsonb} refuses, become U+FFFD.
     */
    static String fit(String text, int longest) {
        boolean cut = text.codePointCount(0, text.length()) > longest;
        int end = cut ? text.offsetByCodePoints(0, longest) : text.length();
        StringBuilder fitting = new StringBuilder(end + 1);
        text.substring(0, end).codePoints().forEach(point -> fitting.appendCodePoint(sound(point)));
        return cut ? fitting.append('…').toString() : fitting.toString();
    }

    private static int sound(int point) {
        boolean unpaired = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return point == 0 || unpaired ? REPLACEMENT : point;
    }
}
