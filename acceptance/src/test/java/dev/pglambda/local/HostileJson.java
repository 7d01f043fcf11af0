package dev.pglambda.local;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random JSON text that jsonb takes: any character, emoji where errors are cut, any depth, any length of a number. */
final class HostileJson {

    /** Around which a text of an error may be cut. */
    private static final List<Integer> CUTS = List.of(20, 40, 100, 200, 500, 1000, 2000);

    private final Random random;

    HostileJson(Random random) {
        this.random = random;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String value() {
        return switch (random.nextInt(20)) {
            case 0 -> deep();
            case 1 -> longNumber();
            case 2, 3, 4 -> object(random.nextInt(4));
            case 5, 6 -> array(random.nextInt(4));
            case 7 -> oneOf(List.of("true", "false", "null", "[]", "{}", "\"\""));
            case 8, 9 -> String.valueOf(random.nextLong());
            case 10 -> random.nextInt(1000) + "." + random.nextInt(1000);
            default -> string();
        };
    }

    String string() {
        return quoted(text());
    }

    /** No NUL and no unpaired surrogate, which jsonb refuses. */
    String text() {
        if (random.nextInt(3) > 0) {
            return characters(random.nextInt(12));
        }
        int cut = oneOf(CUTS) - 3 + random.nextInt(6);
        return oneOf(List.of("a", "é", "日")).repeat(cut) + "😀".repeat(1 + random.nextInt(40)) + characters(5);
    }

    private String characters(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> Character.toString(codePoint()))
                .collect(Collectors.joining());
    }

    private int codePoint() {
        int point =
                switch (random.nextInt(5)) {
                    case 0 -> 1 + random.nextInt(0x7f);
                    case 1 -> 0x80 + random.nextInt(0x800);
                    case 2 -> 0x800 + random.nextInt(0xf800);
                    default -> 1 + random.nextInt(Character.MAX_CODE_POINT);
                };
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '"' : point;
    }

    String object(int members) {
        return IntStream.range(0, members)
                .mapToObj(i -> oneOf(List.of("\"id\"", "\"value\"", "\"a\"", string())) + ":" + value())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String array(int elements) {
        return IntStream.range(0, elements).mapToObj(i -> value()).collect(Collectors.joining(",", "[", "]"));
    }

    /** Below, at and over the limit of 1,000 levels. */
    private String deep() {
        int levels = oneOf(List.of(10, 990, 997, 998, 999, 1000, 1001, 1002, 1500, 3000));
        return random.nextBoolean()
                ? "[".repeat(levels) + "1" + "]".repeat(levels)
                : "{\"a\":".repeat(levels) + string() + "}".repeat(levels);
    }

    private String longNumber() {
        int digits = oneOf(List.of(17, 19, 20, 39, 40, 309, 310, 999, 1000, 1001, 20_000, 131_072));
        return switch (random.nextInt(4)) {
            case 0 -> "-" + "9".repeat(digits);
            case 1 -> "1e" + (digits - 1);
            case 2 -> "0." + "3".repeat(Math.min(digits, 16_383));
            default -> "7".repeat(digits);
        };
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point < 0x20 || point == '"' || point == '\\') {
                json.append(String.format("\\u%04x", point));
            } else {
                json.appendCodePoint(point);
            }
        });
        return json.append('"').toString();
    }
}
