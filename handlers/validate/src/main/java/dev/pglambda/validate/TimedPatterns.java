package dev.pglambda.validate;

import static java.util.Map.entry;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.SqlState;
import dev.pglambda.handler.TimedText;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Java's regular expressions for {@code pattern} and {@code patternProperties}, read as ECMAScript's where the two differ
 * without a sound: {@code $} is the end of the text only, and not also the place before a last line break; {@code \s} is every
 * space of Unicode, and {@code &&} in brackets is two characters. They end at the {@link RunDeadline}. Thread-safe.
 */
final class TimedPatterns implements RegularExpressionFactory {

    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            entry("Letter", "L"),
            entry("Cased_Letter", "LC"),
            entry("Uppercase_Letter", "Lu"),
            entry("Lowercase_Letter", "Ll"),
            entry("Titlecase_Letter", "Lt"),
            entry("Modifier_Letter", "Lm"),
            entry("Other_Letter", "Lo"),
            entry("Mark", "M"),
            entry("Number", "N"),
            entry("Decimal_Number", "Nd"),
            entry("Letter_Number", "Nl"),
            entry("Other_Number", "No"),
            entry("Punctuation", "P"),
            entry("Symbol", "S"),
            entry("Math_Symbol", "Sm"),
            entry("Currency_Symbol", "Sc"),
            entry("Separator", "Z"),
            entry("Space_Separator", "Zs"),
            entry("Other", "C"),
            entry("Control", "Cc"),
            entry("Alphabetic", "IsAlphabetic"),
            entry("White_Space", "IsWhite_Space"));

    /** For use in brackets: what ECMAScript calls white space and line terminators. */
    private static final String SPACES =
            "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}" + "\\x{3000}\\x{feff}";

    /** Java takes 20 ms to compile a text of that length, and the square of that for a longer one. */
    private static final int LONGEST = 10_000;

    /** Longer than the name of any property: looking further, again and again, would take minutes. */
    private static final int LONGEST_NAME = 100;

    @Override
    public RegularExpression getRegularExpression(String regex) {
        checkLength(regex);
        RunDeadline.check();
        Pattern pattern = Pattern.compile(java(regex));
        return text -> matches(pattern, text);
    }

    /** Raises 54000 for a text that would take too long to compile. */
    static void checkLength(String regex) {
        if (regex.length() > LONGEST) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the regular expression \"" + regex.substring(0, 20) + "…\" has " + regex.length()
                            + " characters, and at most " + LONGEST + " can be compiled in time",
                    "",
                    "Use \"enum\" or \"anyOf\" for a long list of alternatives.");
        }
    }

    private static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new TimedText(text, RunDeadline.current())).find();
        } catch (OutOfTime e) {
            throw RunDeadline.wrapped(e);
        }
    }

    /** What ECMAScript calls by its long name and Java by its short one. */
    private static String property(String name) {
        return LONG_NAMES.getOrDefault(name, name);
    }

    private static String java(String regex) {
        var java = new StringBuilder(regex.length() + 8);
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length()) {
                java.append(regex.startsWith("u{", ++i) ? "\\x" : escape(regex.charAt(i), inClass));
                int end = endOfProperty(regex, i);
                if (end > 0) {
                    java.append('{')
                            .append(property(regex.substring(i + 2, end)))
                            .append('}');
                    i = end;
                }
            } else {
                java.append(inClass ? inClass(c) : outsideOfClass(c));
                inClass = c == '[' || inClass && c != ']';
            }
        }
        return java.toString();
    }

    private static String escape(char c, boolean inClass) {
        return switch (c) {
            case 's' -> inClass ? SPACES : "[" + SPACES + "]";
            case 'S' -> "[^" + SPACES + "]";
            case 'v' -> "\\x0B";
            default -> "\\" + c;
        };
    }

    /** Of nested classes and of intersections, which Java has and ECMAScript has not, the characters mean themselves. */
    private static String inClass(char c) {
        return c == '[' || c == '&' ? "\\" + c : String.valueOf(c);
    }

    private static String outsideOfClass(char c) {
        return switch (c) {
            case '$' -> "\\z";
            case '.' -> "[^\\n\\r\\x{2028}\\x{2029}]"; // Java's stops at U+0085 too
            default -> String.valueOf(c);
        };
    }

    /** Where the name of a property ends that begins with this p or P; -1 where there is none. */
    private static int endOfProperty(String regex, int start) {
        if (!regex.startsWith("p{", start) && !regex.startsWith("P{", start)) {
            return -1;
        }
        int end = regex.substring(start, Math.min(regex.length(), start + LONGEST_NAME))
                .indexOf('}');
        return end > 2 ? start + end : -1;
    }
}
