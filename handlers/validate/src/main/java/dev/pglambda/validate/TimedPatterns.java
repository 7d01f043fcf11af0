package dev.pglambda.validate;

import static java.util.Map.entry;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.TimedText;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Java's regular expressions for {@code pattern} and {@code patternProperties}, read as ECMAScript's where the two differ
 * without a sound: {@code $} is the end of the text only, and not also the place before a last line break. They end at the
 * deadline of the thread's current run. Thread-safe.
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

    private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(Deadline::none);

    /** Sets when the regular expressions that this thread matches from now on must be done. */
    static void endAt(Deadline deadline) {
        CURRENT.set(deadline);
    }

    /** This thread's regular expressions may take as long as they need. */
    static void endWhenDone() {
        CURRENT.remove();
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(java(regex));
        return text -> pattern.matcher(new TimedText(text, CURRENT.get())).find();
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
                java.append(c).append(regex.charAt(++i));
                int end = regex.indexOf('}', i);
                if (end > i + 2 && regex.substring(i, i + 2).matches("[pP]\\{")) {
                    java.append('{')
                            .append(property(regex.substring(i + 2, end)))
                            .append('}');
                    i = end;
                }
            } else if (c == '$' && !inClass) {
                java.append("\\z");
            } else {
                // Of nested classes, which Java has and ECMAScript has not, the inner bracket is meant as itself.
                java.append(inClass && c == '[' ? "\\[" : String.valueOf(c));
                inClass = c == '[' || inClass && c != ']';
            }
        }
        return java.toString();
    }
}
