package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import dev.pglambda.handler.TimedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a JSONata expression, which is a function there. Java's engine cannot be interrupted, so it reads
 * a text that looks at the clock. Thread-safe.
 */
final class GuardedRegex extends JFunction {

    private final Pattern pattern;

    GuardedRegex(Pattern pattern) {
        super((input, args) -> args.get(0) == null ? null : closure(matcher(pattern, (String) args.get(0))), "<s-:o>");
        this.pattern = pattern;
    }

    /** Finds the expression in the text, until the deadline of the evaluation. */
    Matcher matcher(String text) {
        return matcher(pattern, text);
    }

    /** The pieces of the text between what matches, the empty ones too. */
    List<String> split(String text) {
        return List.of(pattern.split(timed(text), -1));
    }

    /** What it has captured: null for a group that took no part. */
    static List<Object> groups(Matcher matcher) {
        List<Object> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return groups;
    }

    private static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(timed(text));
    }

    private static TimedText timed(String text) {
        return new TimedText(text, Evaluation.current().pace().deadline());
    }

    /** What JSONata says that a matcher returns. */
    private static Map<String, Object> closure(Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("match", matcher.group());
        found.put("start", matcher.start());
        found.put("end", matcher.end());
        found.put("groups", groups(matcher));
        found.put("next", (Fn0<Map<String, Object>>) () -> closure(matcher));
        return found;
    }
}
