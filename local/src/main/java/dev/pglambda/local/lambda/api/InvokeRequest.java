package dev.pglambda.local.lambda.api;

import java.util.Objects;
import java.util.Optional;

/**
 * One request to Lambda's Invoke operation.
 *
 * @param functionName as the caller wrote it: a name, a partial or a full ARN, each optionally with {@code :qualifier}
 * @param qualifier version or alias, if it is not part of the name
 * @param invocationType how to run it, checked by {@link InvokeApi}, not here
 * @param tailLog whether the reply carries the last 4 KB of the log
 * @param clientContext base64 of the ClientContext JSON, as in the {@code X-Amz-Client-Context} header
 * @param payload the event: JSON in UTF-8; not copied, so neither side may change it afterwards
 */
public record InvokeRequest(
        String functionName,
        Optional<String> qualifier,
        InvocationType invocationType,
        boolean tailLog,
        Optional<String> clientContext,
        byte[] payload) {

    public InvokeRequest {
        Objects.requireNonNull(functionName);
        Objects.requireNonNull(qualifier);
        Objects.requireNonNull(invocationType);
        Objects.requireNonNull(clientContext);
        Objects.requireNonNull(payload);
    }

    /** A synchronous request without log, context or qualifier. */
    public static InvokeRequest of(String functionName, byte[] payload) {
        return new InvokeRequest(
                functionName, Optional.empty(), InvocationType.REQUEST_RESPONSE, false, Optional.empty(), payload);
    }
}
