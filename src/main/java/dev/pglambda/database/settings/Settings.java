package dev.pglambda.database.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code DB_*} settings, read by their names as environment variables and checked one by one. A wrong value is a
 * {@link WrongSetting} that names the variable, what it must be, and the value unless it is a password.
 */
public record Settings(Function<String, Optional<String>> source) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)?");

    /** A setting is missing or wrong. The message is for the person who sets it. */
    public static final class WrongSetting extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        public WrongSetting(String message) {
            super(message);
        }
    }

    /** The value; a blank one counts as not set, since templates often leave empty variables. */
    public Optional<String> text(String name) {
        return source.apply(name).filter(value -> !value.isBlank());
    }

    /** The secret with the credentials, by its ARN or name; empty where they are settings themselves. */
    public Optional<String> secretId() {
        return firstOf("DB_SECRET_ARN", "DB_SECRET_NAME", "RDS_SECRET_ARN");
    }

    /** Whether users log in by IAM tokens instead of passwords. */
    public boolean isIamLogin() {
        return text("DB_AUTH")
                .map(String::strip)
                .map(value -> switch (value) {
                    case "iam" -> true;
                    case "password" -> false;
                    default -> throw new WrongSetting("DB_AUTH is '" + value + "': it must be iam or password");
                })
                .orElse(false);
    }

    private Optional<String> firstOf(String... names) {
        for (String name : names) {
            Optional<String> value = text(name);
            if (value.isPresent()) {
                return value.map(String::strip);
            }
        }
        return Optional.empty();
    }

    public int number(String name, int unset, int least, int most) {
        return text(name).map(value -> inRange(name, value, least, most)).orElse(unset);
    }

    public static int inRange(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new WrongSetting(name + " is '" + value + "': it must be a whole number from " + least + " to " + most);
    }

    /**
     * {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}; a number without a unit counts milliseconds, as in
     * node-postgres.
     */
    public Duration duration(String name, Duration unset, Duration least, Duration most) {
        return text(name).map(value -> inRange(name, value, least, most)).orElse(unset);
    }

    private static Duration inRange(String name, String value, Duration least, Duration most) {
        Matcher matcher = DURATION.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw new WrongSetting(name + " is '" + value + "': it must be a duration from " + inWords(least) + " to "
                + inWords(most) + ", such as 500ms or 30s (a bare number counts milliseconds)");
    }

    private static Duration of(long amount, String unit) {
        return switch (unit == null ? "ms" : unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMillis(amount);
        };
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
