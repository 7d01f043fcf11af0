package com.dashjoin.jsonata;

import static com.dashjoin.jsonata.GuardedFunctions.argument;
import static com.dashjoin.jsonata.GuardedFunctions.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** The functions of texts that take regular expressions, and those whose time the library lets grow with the square. */
final class GuardedTexts {

    /** More than a reply can carry. */
    static final int WIDEST = 10_000_000;

    private GuardedTexts() {}

    static void bindAll() {
        bind("match", "<s-f<s:o>n?:a<o>>", (in, args) -> matches(text(args), args.get(1), whole(argument(args, 2))));
        bind("contains", "<s-(sf):b>", (in, args) -> contains(text(args), args.get(1)));
        bind("split", "<s-(sf)n?:a<s>>", (in, args) -> split(text(args), args.get(1), whole(argument(args, 2))));
        bind(
                "replace",
                "<s-(sf)(sf)n?:s>",
                (in, args) -> replaced(text(args), args.get(1), args.get(2), whole(argument(args, 3))));
        bind("pad", "<s-ns?:s>", (in, args) -> padded(text(args), whole(args.get(1)), (String) argument(args, 2)));
    }

    private static String text(List<?> args) {
        return (String) args.get(0);
    }

    private static Integer whole(Object number) {
        return number == null ? null : Integer.valueOf(((Number) number).intValue());
    }

    private static GuardedRegex regex(Object value) {
        if (value instanceof GuardedRegex regex) {
            return regex;
        }
        throw new JException("T1010", -1);
    }

    private static Object matches(String text, Object pattern, Integer limit) {
        if (text == null) {
            return null;
        }
        if (limit != null && limit < 0) {
            throw new JException("D3040", -1, limit);
        }
        List<Object> found = Utils.createSequence();
        Matcher matcher = regex(pattern).matcher(text);
        while ((limit == null || found.size() < limit) && matcher.find()) {
            found.add(match(matcher));
        }
        return found;
    }

    private static TimedMap match(Matcher matcher) {
        TimedMap match = new TimedMap(Evaluation.current().pace());
        match.put("match", matcher.group());
        match.put("index", matcher.start());
        match.put("groups", GuardedRegex.groups(matcher));
        return match;
    }

    private static Boolean contains(String text, Object token) {
        if (text == null) {
            return null;
        }
        return token instanceof String part
                ? text.contains(part)
                : regex(token).matcher(text).find();
    }

    private static List<String> split(String text, Object separator, Integer limit) {
        List<String> pieces = text == null || separator instanceof String
                ? Functions.split(text, separator, limit)
                : regex(separator).split(text);
        if (limit != null && limit < 0) {
            throw new JException("D3020", -1, limit);
        }
        return pieces == null || limit == null || limit >= pieces.size() ? pieces : pieces.subList(0, limit);
    }

    private static String replaced(String text, Object pattern, Object replacement, Integer limit) throws Throwable {
        if (text == null) {
            return null;
        }
        if ("".equals(pattern)) {
            throw new JException("D3010", -1);
        }
        if (limit != null && limit < 0) {
            throw new JException("D3011", -1);
        }
        int most = limit == null ? Integer.MAX_VALUE : limit;
        if (!(pattern instanceof String part)) {
            return replaced(text, regex(pattern).matcher(text), replacement, most);
        }
        if (!(replacement instanceof String other)) {
            throw new JException("D3012", -1);
        }
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        for (int start = text.indexOf(part), i = 0; start >= 0 && i < most; start = text.indexOf(part, end), i++) {
            replaced.append(text, end, start).append(other);
            end = start + part.length();
        }
        return replaced.append(text, end, text.length()).toString();
    }

    private static String replaced(String text, Matcher matcher, Object replacement, int most) throws Throwable {
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        for (int i = 0; i < most && matcher.find(); i++) {
            replaced.append(text, end, matcher.start());
            replaced.append(
                    replacement instanceof String form ? expanded(form, matcher) : applied(replacement, matcher));
            end = matcher.end();
        }
        return replaced.append(text, end, text.length()).toString();
    }

    private static Object applied(Object function, Matcher matcher) throws Throwable {
        List<Object> args = new ArrayList<>();
        args.add(match(matcher));
        Object value = Functions.funcApply(function, args);
        if (!(value instanceof String)) {
            throw new JException("D3012", -1, value);
        }
        return value;
    }

    /** {@code $$} is a dollar, {@code $0} the match, {@code $1} to as many digits as there are groups what they captured. */
    private static String expanded(String form, Matcher matcher) {
        StringBuilder expanded = new StringBuilder();
        int place = 0;
        while (place < form.length()) {
            char c = form.charAt(place++);
            if (c != '$' || place == form.length()) {
                expanded.append(c);
                continue;
            }
            if (form.charAt(place) == '$') {
                expanded.append(form.charAt(place++));
                continue;
            }
            int end = endOfGroup(form, place, matcher.groupCount());
            if (end == place) {
                expanded.append(c);
                continue;
            }
            int group = Integer.parseInt(form.substring(place, end));
            if (group <= matcher.groupCount() && matcher.group(group) != null) {
                expanded.append(matcher.group(group));
            }
            place = end;
        }
        return expanded.toString();
    }

    /** Of {@code $123}, as many digits as name a group, or else one. */
    private static int endOfGroup(String form, int start, int groups) {
        int end = start;
        int group = 0;
        while (end < form.length() && Character.digit(form.charAt(end), 10) >= 0) {
            group = 10 * group + Character.digit(form.charAt(end), 10);
            if (end > start && group > groups) {
                return end;
            }
            end++;
        }
        return end;
    }

    private static String padded(String text, Integer width, String with) {
        if (text == null || width == null) {
            return text;
        }
        if (Math.abs((long) width) > WIDEST) {
            throw new JException("D1001", -1, width);
        }
        String form = with == null || with.isEmpty() ? " " : with;
        int missing = Math.abs(width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        int length = form.codePointCount(0, form.length());
        String padding =
                form.repeat(missing / length) + form.substring(0, form.offsetByCodePoints(0, missing % length));
        return width < 0 ? padding + text : text + padding;
    }
}
