package dev.pglambda.validate;

import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A set of characters in Java's notation.
 *
 * @param body the text between the brackets
 * @param nested whether the body contains brackets, whose negation means something else in Java
 * @param single the only character; -1 if there may be several
 */
record CharacterSet(String body, boolean nested, int single) {

    static final CharacterSet NONE = new CharacterSet("", false, -1);

    /** ECMAScript's white space and line terminators. */
    private static final String SPACES =
            "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

    private static final String ANY = "(?s:.)";

    static CharacterSet of(int character) {
        return new CharacterSet("\\x{" + Integer.toHexString(character) + "}", false, character);
    }

    private static CharacterSet of(String body) {
        return new CharacterSet(body, body.startsWith("["), -1);
    }

    /** The characters of an escape; empty when there is no such character or property. */
    static Optional<CharacterSet> ofEscape(Matcher escape) {
        if (escape.group("same") != null) {
            String same = escape.group("same");
            int control = "tnrf".indexOf(same);
            return Optional.of(control < 0 ? of("\\" + same) : of("\t\n\r\f".charAt(control)));
        }
        if (escape.group("property") != null) {
            return UnicodeProperty.inJava(escape.group("property")).map(CharacterSet::of);
        }
        if ("sS".contains(String.valueOf(escape.group("other")))) {
            return Optional.of(of(escape.group("other").equals("s") ? SPACES : "[^" + SPACES + "]"));
        }
        int character = character(escape);
        boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return half || character > Character.MAX_CODE_POINT ? Optional.empty() : Optional.of(of(character));
    }

    private static int character(Matcher escape) {
        for (String hex : new String[] {"byte", "unit", "point"}) {
            if (escape.group(hex) != null) {
                return Integer.parseInt(escape.group(hex), 16);
            }
        }
        if (escape.group("pair") != null) {
            String pair = escape.group("pair");
            return Character.toCodePoint(
                    (char) Integer.parseInt(pair.substring(0, 4), 16), (char) Integer.parseInt(pair.substring(6), 16));
        }
        if (escape.group("control") != null) {
            return escape.group("control").charAt(0) % 32;
        }
        if (escape.group("other") != null) {
            return escape.group("other").equals("v") ? 0x0B : 0;
        }
        String literal = escape.group("literal");
        return literal != null ? literal.charAt(0) : escape.group("inClass").equals("b") ? '\b' : '-';
    }

    CharacterSet and(CharacterSet other) {
        return new CharacterSet(body + other.body, nested || other.nested, -1);
    }

    /** The range from this character to the other. */
    CharacterSet to(CharacterSet last) {
        return new CharacterSet(body + "-" + last.body, false, -1);
    }

    String alone() {
        if (body.isEmpty()) {
            return "(?!)";
        }
        return single < 0 ? "[" + body + "]" : body;
    }

    String negated() {
        if (body.isEmpty()) {
            return ANY;
        }
        return nested ? "(?:(?![" + body + "])" + ANY + ")" : "[^" + body + "]";
    }
}
