package dev.pglambda.infra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Options {@code -c name=value}, read one by one. Collects all mistakes instead of stopping at the first. */
final class Options {

    private final Function<String, Optional<String>> context;
    private final List<String> mistakes = new ArrayList<>();

    Options(Function<String, Optional<String>> context) {
        this.context = name -> context.apply(name).filter(value -> !value.isBlank());
    }

    Optional<String> text(String name) {
        return context.apply(name);
    }

    String required(String name) {
        return text(name).orElseGet(() -> {
            mistakes.add(name + " is missing");
            return "";
        });
    }

    List<String> list(String name) {
        return Arrays.stream(required(name).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Names of these, with commas; none if the option is not given. */
    List<String> someOf(String name, Set<String> choices) {
        List<String> chosen = text(name).isEmpty() ? List.of() : list(name);
        if (!choices.containsAll(chosen)) {
            mistakes.add(name + " is '" + text(name).orElse("") + "': it must be of " + sorted(choices));
        }
        return chosen;
    }

    String matching(String name, String unset, String pattern) {
        String value = text(name).orElse(unset);
        if (!value.matches(pattern)) {
            mistakes.add(name + " is '" + value + "': it must match " + pattern);
        }
        return value;
    }

    <T> T oneOf(String name, String unset, Map<String, T> choices) {
        String value = text(name).orElse(unset);
        if (!choices.containsKey(value)) {
            mistakes.add(name + " is '" + value + "': it must be one of " + sorted(choices.keySet()));
        }
        return choices.getOrDefault(value, choices.get(unset));
    }

    boolean flag(String name, boolean unset) {
        return oneOf(name, String.valueOf(unset), Map.of("true", true, "false", false));
    }

    int number(String name, int unset, int least, int most) {
        return number(name, least, most).orElse(unset);
    }

    /** Empty if it is not given. */
    Optional<Integer> number(String name, int least, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get().matches("\\d{1,6}")) {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        mistakes.add(name + " is '" + value.get() + "': it must be a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    double capacity(String name, double unset) {
        String value = text(name).orElse(String.valueOf(unset));
        if (value.matches("\\d{1,3}(\\.[05])?") && Double.parseDouble(value) <= 256) {
            return Double.parseDouble(value);
        }
        mistakes.add(name + " is '" + value + "': it must be a number of ACUs from 0 to 256 in steps of 0.5");
        return unset;
    }

    void refuseIf(boolean wrong, String mistake) {
        if (wrong) {
            mistakes.add(mistake);
        }
    }

    /** Throws an {@link IllegalArgumentException} that lists every mistake. */
    void requireNoMistake() {
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
