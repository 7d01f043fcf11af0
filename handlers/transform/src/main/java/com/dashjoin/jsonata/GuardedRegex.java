package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.TimedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a JSONata expression, which is a function there, and the library's functions that take one. Java's
 * engine cannot be interrupted, so a guarded one is first matched against a text that looks at the clock; the library's own
 * matching then takes no longer.
 */
final class GuardedRegex extends JFunction {

    private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(Deadline::none);

    /** More than a reply can carry. */
    private static final int WIDEST = 10_000_000;

    private final Pattern pattern;

    GuardedRegex(Pattern pattern) {
        super((input, args) -> args.get(0) == null ? null : closure(matcher(pattern, (String) args.get(0))), "<s-:o>");
        this.pattern = pattern;
    }

    static void endAt(Deadline deadline) {
        CURRENT.set(deadline);
    }

    static void endWhenDone() {
        CURRENT.remove();
    }

    /** Puts the functions that take regular expressions before the library's. */
    static void bindFunctions(Frame frame) {
        bind(frame, "match", "<s-f<s:o>n?:a<o>>", GuardedRegex::match);
        bind(frame, "contains", "<s-(sf):b>", (in, args) -> Functions.contains(text(args), rehearsed(args)));
        bind(
                frame,
                "split",
                "<s-(sf)n?:a<s>>",
                (in, args) -> Functions.split(text(args), rehearsed(args), (Number) argument(args, 2)));
        bind(frame, "round", "<n-n?:n>", (in, args) -> {
            if (args.get(0) instanceof Number number) {
                number.doubleValue(); // refuses what has too many digits; the library would round them away
            }
            return Functions.round((Number) args.get(0), whole(argument(args, 1)));
        });
        bind(frame, "pad", "<s-ns?:s>", GuardedRegex::pad);
        bind(frame, "replace", "<s-(sf)(sf)n?:s>", GuardedRegex::replace);
    }

    private static void bind(Frame frame, String name, String signature, JFunctionCallable function) {
        frame.bind(name, new Replacement(name, signature, function));
    }

    /** The library appends character by character, and never looks at the clock. */
    private static Object pad(Object input, List<?> args) {
        Integer width = whole(argument(args, 1));
        if (width != null && Math.abs((long) width) > WIDEST) {
            throw new JException("D1001", -1, width);
        }
        return Functions.pad(text(args), width, (String) argument(args, 2));
    }

    private static Object match(Object input, List<?> args) {
        if (text(args) == null) {
            return null;
        }
        if (!(rehearsed(args) instanceof Pattern regex)) {
            throw new JException("T1010", -1);
        }
        return Functions.match(text(args), regex, whole(argument(args, 2)));
    }

    private static Object replace(Object input, List<?> args) {
        Object replacement = argument(args, 2);
        Integer limit = whole(argument(args, 3));
        if (limit == null || limit < 1 || text(args) == null || !(args.get(1) instanceof GuardedRegex)) {
            return Functions.replace(text(args), rehearsed(args), replacement, limit);
        }
        String text = text(args);
        Object regex = rehearsed(args);
        for (int i = 0; i < limit; i++) {
            String before = text;
            text = Functions.replace(before, regex, replacement, 1);
            if (text.equals(before)) {
                return text;
            }
            ((GuardedRegex) args.get(1)).rehearse(text);
        }
        return text;
    }

    private static String text(List<?> args) {
        return (String) args.get(0);
    }

    private static Object argument(List<?> args, int place) {
        return place < args.size() ? args.get(place) : null;
    }

    private static Integer whole(Object number) {
        return number == null ? null : Integer.valueOf(((Number) number).intValue());
    }

    /** The second argument, a regular expression only after it has been tried on the first. */
    private static Object rehearsed(List<?> args) {
        if (args.get(1) instanceof GuardedRegex regex) {
            if (text(args) != null) {
                regex.rehearse(text(args));
            }
            return regex.pattern;
        }
        return args.get(1);
    }

    private void rehearse(String text) {
        Matcher matcher = matcher(pattern, text);
        while (matcher.find()) {
            // only the time matters
        }
    }

    private static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new TimedText(text, CURRENT.get()));
    }

    /** What JSONata says that a matcher returns. */
    private static Map<String, Object> closure(Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("match", matcher.group());
        found.put("start", matcher.start());
        found.put("end", matcher.end());
        found.put("groups", groups);
        found.put("next", (Fn0<Map<String, Object>>) () -> closure(matcher));
        return found;
    }

    /** A function in the place of the library's own of that name. */
    private static final class Replacement extends JFunction {

        Replacement(String name, String signature, JFunctionCallable function) {
            super(function, signature);
            this.functionName = name;
        }

        /** Partial application asks for it, and the library knows it of methods only. */
        @Override
        public int getNumberOfArgs() {
            return functionName.equals("contains") ? 2 : functionName.equals("replace") ? 4 : 3;
        }
    }
}
