package dev.pglambda.local.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which function a caller means: name and qualifier, read from any of the forms that Lambda takes.
 *
 * <p>The one place that knows the region and the account that this machine plays.
 *
 * @param name the plain name
 * @param qualifier version or alias, when one was asked for
 */
record FunctionArn(String name, Optional<String> qualifier) {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    /** The one alias that every local function has. */
    static final String ALIAS = "live";

    static final String LATEST = "$LATEST";
    private static final String VERSION = "1";
    private static final String PREFIX = "arn:aws:lambda:";

    private static final Pattern NAME = Pattern.compile(
            "(?:(?:arn:(?<partition>[a-z-]+):lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\\d{12}):)?function:)?"
                    + "(?<name>[A-Za-z0-9_-]{1,64})(?::(?<qualifier>\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

    /** Reads a name as the Invoke operation gets it; refuses what Lambda refuses, with its error types. */
    static FunctionArn parse(String text, Optional<String> separateQualifier) {
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

    /** The version behind the qualifier: every function has the version 1, which the alias points at. */
    String version() {
        return switch (qualifier.orElse(LATEST)) {
            case LATEST -> LATEST;
            case ALIAS, VERSION -> VERSION;
            default -> throw notFound();
        };
    }

    LambdaApiException notFound() {
        return notFound(toString());
    }

    /** The full ARN, with the qualifier if one was asked for. */
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

    /** This machine has one region and one account: everything else has no functions here. */
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
