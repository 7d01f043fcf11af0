package dev.pglambda.local.lambda.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function as a caller names it: name and qualifier, read from any of the forms that Lambda takes. All functions of
 * this machine are in one region of one account.
 *
 * @param name the plain name
 * @param qualifier version or alias, if the caller named one
 */
public record FunctionArn(String name, Optional<String> qualifier) {

    public static final String REGION = "us-east-1";
    public static final String ACCOUNT = "123456789012";
    /** The one alias of every local function. */
    public static final String ALIAS = "live";

    /** The version of a function that has not been published. */
    public static final String LATEST = "$LATEST";

    /** The version that {@link #ALIAS} points to. */
    public static final String PUBLISHED = "1";

    private static final int ARN_REGION = 3;
    private static final String PREFIX = "arn:aws:lambda:";

    private static final Pattern NAME = Pattern.compile(
            "(?:(?:arn:(?<partition>[a-z-]+):lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\\d{12}):)?function:)?"
                    + "(?<name>[A-Za-z0-9_-]{1,64})(?::(?<qualifier>\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

    /** Reads the name in a request; {@link LambdaApiException} for what Lambda refuses. */
    public static FunctionArn parse(String text, Optional<String> separateQualifier) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw new LambdaApiException(
                    "ValidationException",
                    400,
                    "'" + text + "' is not a function name: write a name, 123456789012:function:name or an ARN");
        }
        refuseElsewhere(matcher);
        return new FunctionArn(
                matcher.group("name"),
                oneQualifier(Optional.ofNullable(matcher.group("qualifier")), separateQualifier));
    }

    /** The region in a full ARN; empty for other forms of a name. */
    public static Optional<String> regionOf(String name) {
        String[] parts = name.split(":", -1);
        return name.startsWith("arn:") && parts.length > ARN_REGION ? Optional.of(parts[ARN_REGION]) : Optional.empty();
    }

    /** The version behind the qualifier: the alias points to version 1. */
    public String version() {
        return switch (qualifier.orElse(LATEST)) {
            case LATEST -> LATEST;
            case ALIAS, PUBLISHED -> PUBLISHED;
            default -> throw notFound();
        };
    }

    public LambdaApiException notFound() {
        return notFound(toString());
    }

    /** The full ARN, with the qualifier if there is one. */
    @Override
    public String toString() {
        return PREFIX + REGION + ":" + ACCOUNT + ":function:" + name
                + qualifier.map(value -> ":" + value).orElse("");
    }

    private static Optional<String> oneQualifier(Optional<String> inName, Optional<String> separate) {
        if (inName.isPresent() && separate.isPresent() && !inName.equals(separate)) {
            throw new LambdaApiException(
                    "InvalidParameterValueException",
                    400,
                    "The derived qualifier from the function name does not match the specified qualifier: "
                            + inName.get() + " is not " + separate.get());
        }
        return inName.or(() -> separate);
    }

    /** There are no functions in other regions and accounts. */
    private static void refuseElsewhere(Matcher matcher) {
        String region = Optional.ofNullable(matcher.group("region")).orElse(REGION);
        String account = Optional.ofNullable(matcher.group("account")).orElse(ACCOUNT);
        if (!region.equals(REGION) || !account.equals(ACCOUNT)) {
            throw notFound(PREFIX + region + ":" + account + ":function:" + matcher.group("name"));
        }
    }

    private static LambdaApiException notFound(String arn) {
        return new LambdaApiException("ResourceNotFoundException", 404, "Function not found: " + arn);
    }
}
