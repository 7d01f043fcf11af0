package dev.pglambda.local.lambda.api;

import java.util.Optional;

/** The three ways of Lambda's Invoke operation, by the names that its API and {@code aws_lambda} use. */
public enum InvocationType {
    /** Wait for the function's answer: status 200. */
    REQUEST_RESPONSE("RequestResponse"),
    /** Queue the event, with up to two more tries on failure: status 202. */
    EVENT("Event"),
    /** Check name and rights, run nothing: status 204. */
    DRY_RUN("DryRun");

    private final String apiName;

    InvocationType(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    /** Case-sensitive, as on AWS. */
    public static Optional<InvocationType> ofApiName(String name) {
        for (InvocationType type : values()) {
            if (type.apiName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
