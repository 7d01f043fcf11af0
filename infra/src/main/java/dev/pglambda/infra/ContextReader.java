package dev.pglambda.infra;

import dev.pglambda.infra.database.ClusterSettings;
import dev.pglambda.infra.database.ExistingCluster;
import dev.pglambda.infra.function.FunctionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Reads the options of {@code cdk deploy -c name=value}. Collects all mistakes instead of stopping at the first. */
final class ContextReader {

    private static final Map<String, RetentionDays> RETENTIONS = Map.of(
            "7", RetentionDays.ONE_WEEK,
            "14", RetentionDays.TWO_WEEKS,
            "30", RetentionDays.ONE_MONTH,
            "90", RetentionDays.THREE_MONTHS,
            "365", RetentionDays.ONE_YEAR);

    private static final String EXISTING = "existing";

    private final Function<String, Optional<String>> context;
    private final List<String> mistakes = new ArrayList<>();

    ContextReader(Function<String, Optional<String>> context) {
        this.context = name -> context.apply(name).filter(value -> !value.isBlank());
    }

    /** Throws an {@link IllegalArgumentException} that lists every mistake. */
    StackSettings settings() {
        StackSettings settings = new StackSettings(
                functions(),
                matching("databaseName", "app", "[a-z][a-z0-9_]{0,62}"),
                number("connectTimeoutMs", 1_000, 1, 900_000),
                new ClusterSettings.Capacity(
                        decimal("minCapacity", 0.5),
                        decimal("maxCapacity", 4),
                        number("readers", 0, 0, 15),
                        flag("protect", true),
                        flag("dataApi", false)),
                flag("proxy", false),
                Duration.ofMinutes(number("outboxMinutes", 5, 1, 1_440)),
                context.apply("alarmEmail"));
        if (settings.capacity().min() > settings.capacity().max()) {
            mistakes.add("minCapacity is over maxCapacity");
        }
        requireNone();
        return settings;
    }

    /** Empty if no option names one. */
    Optional<ExistingCluster> existing() {
        if (context.apply(EXISTING + "Cluster").isEmpty()) {
            return Optional.empty();
        }
        ExistingCluster existing = new ExistingCluster(
                required("Cluster"),
                required("Host"),
                required("SecurityGroup"),
                required("SecretArn"),
                new ExistingCluster.Place(
                        required("Vpc"),
                        list("Subnets"),
                        list("AvailabilityZones"),
                        flag(EXISTING + "CreateEndpoints", true)));
        if (existing.place().subnets().size() != existing.place().zones().size()) {
            mistakes.add("existingSubnets and existingAvailabilityZones must be lists of the same length");
        }
        requireNone();
        return Optional.of(existing);
    }

    private FunctionSettings functions() {
        return new FunctionSettings(
                matching("prefix", "pglambda", "[a-z][a-z0-9-]{0,30}"),
                oneOf("architecture", "arm64", Map.of("arm64", Architecture.ARM_64, "x86_64", Architecture.X86_64)),
                number("reservedConcurrency", 10, 1, 1_000),
                number("requestTimeoutMs", 12_000, 1_000, 900_000),
                oneOf("logRetentionDays", "30", RETENTIONS));
    }

    private String required(String name) {
        return context.apply(EXISTING + name).orElseGet(() -> {
            mistakes.add(EXISTING + name + " is missing");
            return "";
        });
    }

    private List<String> list(String name) {
        return Arrays.stream(required(name).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private String matching(String name, String unset, String pattern) {
        String value = context.apply(name).orElse(unset);
        if (!value.matches(pattern)) {
            mistakes.add(name + " is '" + value + "': it must match " + pattern);
        }
        return value;
    }

    private <T> T oneOf(String name, String unset, Map<String, T> choices) {
        String value = context.apply(name).orElse(unset);
        if (!choices.containsKey(value)) {
            mistakes.add(name + " is '" + value + "': it must be one of " + sorted(choices.keySet()));
        }
        return choices.getOrDefault(value, choices.get(unset));
    }

    private boolean flag(String name, boolean unset) {
        return oneOf(name, String.valueOf(unset), Map.of("true", true, "false", false));
    }

    private int number(String name, int unset, int least, int most) {
        String value = context.apply(name).orElse(String.valueOf(unset));
        if (value.matches("\\d{1,6}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        mistakes.add(name + " is '" + value + "': it must be a whole number from " + least + " to " + most);
        return unset;
    }

    private double decimal(String name, double unset) {
        String value = context.apply(name).orElse(String.valueOf(unset));
        if (value.matches("\\d{1,3}(\\.[05])?") && Double.parseDouble(value) <= 256) {
            return Double.parseDouble(value);
        }
        mistakes.add(name + " is '" + value + "': it must be a number of ACUs from 0 to 256 in steps of 0.5");
        return unset;
    }

    private void requireNone() {
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
