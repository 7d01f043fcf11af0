package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeReply;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The row that {@code aws_lambda.invoke} returns.
 *
 * @param payload text in UTF-8 without NUL; whether it is JSON is for PostgreSQL to say
 */
record LambdaAnswer(
        int statusCode, Optional<byte[]> payload, Optional<String> executedVersion, Optional<String> logResult) {

    /** Throws {@link CallFailure} for what SQL sees as an error. */
    static LambdaAnswer of(InvokeReply reply) {
        reply.functionError().ifPresent(error -> {
            String details = new String(reply.payload().orElse(new byte[0]), StandardCharsets.UTF_8);
            throw CallFailure.functionFailed(reply.functionArn(), error, details);
        });
        reply.payload().ifPresent(LambdaAnswer::requireText);
        return new LambdaAnswer(
                reply.statusCode(),
                reply.payload(),
                Optional.of(reply.executedVersion()).filter(version -> !version.isEmpty()),
                reply.logResult());
    }

    /** Neither libpq nor PostgreSQL's type text would notice. */
    private static void requireText(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
        } catch (CharacterCodingException e) {
            throw CallFailure.replyIsNotText("not in UTF-8");
        }
        for (byte b : payload) {
            if (b == 0) {
                throw CallFailure.replyIsNotText("text with a NUL in it");
            }
        }
    }
}
