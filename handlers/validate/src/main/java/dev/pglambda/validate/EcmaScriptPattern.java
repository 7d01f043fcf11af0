package dev.pglambda.validate;

import dev.pglambda.handler.HandlerException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates a regular expression of ECMAScript with the flag {@code u} to one of Java that matches the same texts.
 * Refuses what ECMAScript does not have, and what Java cannot do in the same way. Used once.
 */
final class EcmaScriptPattern {

    private static final String LINE_CHARACTER = "[^\\n\\r\\x{2028}\\x{2029}]";

    /** Java's \b has more letters, and its $ also matches before a last line break. */
    private static final Map<String, String> ASSERTIONS = Map.of(
            "^", "^",
            "$", "\\z",
            "\\b", "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))",
            "\\B", "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))");

    private static final Pattern ASSERTION = Pattern.compile("\\^|\\$|\\\\[bB]");
    private static final Pattern LOOK_AHEAD = Pattern.compile("\\(\\?[=!]");
    private static final Pattern GROUP =
            Pattern.compile("\\((?:\\?:|\\?<(?<name>[\\p{L}$_][\\p{L}\\p{Nd}$_]*)>|(?!\\?))");
    private static final Pattern QUANTIFIER = Pattern.compile("(?:[*+?]|\\{\\d+(?:,\\d*)?})\\??");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:(?<same>[dDwWtnrf])|(?<other>[vsS]|0(?!\\d))"
            + "|c(?<control>[a-zA-Z])|x(?<byte>\\p{XDigit}{2})|u(?<pair>[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2})"
            + "|u(?<unit>\\p{XDigit}{4})|u\\{0*(?<point>\\p{XDigit}{1,6})}|(?<property>[pP]\\{[A-Za-z0-9_=]+})"
            + "|(?<literal>[\\^$\\\\.*+?()\\[\\]{}|/])|(?<inClass>[-b]))");

    private final String source;
    private final Matcher in;
    private final StringBuilder java = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private int at;

    private EcmaScriptPattern(String source) {
        this.source = source;
        this.in = ASSERTION.matcher(source);
    }

    /** The same pattern for Java; raises 22023 with the refused construct and its place. */
    static Pattern of(String source) {
        EcmaScriptPattern pattern = new EcmaScriptPattern(source);
        pattern.alternatives();
        if (pattern.at < source.length()) {
            throw pattern.refused("a closing parenthesis without an opening one");
        }
        try {
            return Pattern.compile(pattern.java.toString());
        } catch (PatternSyntaxException e) {
            throw pattern.refused(e.getDescription());
        }
    }

    private void alternatives() {
        while (at < source.length() && peek() != ')') {
            if (take("|")) {
                java.append('|');
            } else {
                term();
            }
        }
    }

    private void term() {
        if (take(ASSERTION)) {
            java.append(ASSERTIONS.get(in.group()));
        } else if (take(LOOK_AHEAD)) {
            group(in.group());
        } else {
            atom();
            if (take(QUANTIFIER)) {
                java.append(in.group());
            }
        }
    }

    private void atom() {
        if (take(GROUP)) {
            String name = in.group("name");
            if (name != null && !names.add(name)) {
                throw refused("two groups with the name " + name);
            }
            group("(?:"); // no reference to it is possible
        } else if (take("[")) {
            brackets();
        } else if (take(".")) {
            java.append(LINE_CHARACTER);
        } else if (source.startsWith("(?<=", at) || source.startsWith("(?<!", at)) {
            throw refused(
                    "a look-behind, which is not supported"); // Java's differs for patterns without a fixed length
        } else if ("(*+?{}]".indexOf(peek()) >= 0) {
            throw refused("\"" + (char) peek() + "\" in the wrong place");
        } else {
            java.append(character(false).alone());
        }
    }

    private void group(String start) {
        java.append(start);
        alternatives();
        if (!take(")")) {
            throw refused("a group without an end");
        }
        java.append(')');
    }

    private void brackets() {
        boolean negated = take("^");
        CharacterSet all = CharacterSet.NONE;
        while (!take("]")) {
            CharacterSet next = character(true);
            if (source.startsWith("-", at) && !source.startsWith("-]", at)) {
                at++;
                CharacterSet last = character(true);
                if (next.single() < 0 || last.single() < next.single()) {
                    throw refused("an invalid range");
                }
                next = next.to(last);
            }
            all = all.and(next);
        }
        java.append(negated ? all.negated() : all.alone());
    }

    /** A character, or an escape, which may stand for several characters. */
    private CharacterSet character(boolean inBrackets) {
        if (at == source.length()) {
            throw refused("brackets without an end");
        }
        if (peek() != '\\') {
            int character = source.codePointAt(at);
            at += Character.charCount(character);
            return CharacterSet.of(character);
        }
        if (source.substring(at).matches("(?s)\\\\[1-9k].*")) {
            throw refused("a reference to a group, which is not supported");
        }
        if (!take(ESCAPE) || in.group("inClass") != null && !inBrackets) {
            throw refused("an escape that ECMAScript does not have");
        }
        return CharacterSet.ofEscape(in).orElseThrow(() -> refused("a character or property that is not known"));
    }

    private int peek() {
        return source.charAt(at);
    }

    private boolean take(String text) {
        boolean found = source.startsWith(text, at);
        at += found ? text.length() : 0;
        return found;
    }

    /** Takes the text that matches here; {@link #in} then has its groups. */
    private boolean take(Pattern pattern) {
        boolean found = in.usePattern(pattern).region(at, source.length()).lookingAt();
        at = found ? in.end() : at;
        return found;
    }

    private HandlerException refused(String what) {
        return HandlerException.invalid(
                "the regular expression \"" + source + "\" has " + what,
                "character " + (at + 1),
                "Regular expressions are those of ECMAScript with the flag u.");
    }
}
