package dev.pglambda.infra.function;

import dev.pglambda.infra.database.DatabaseAccess;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * What a {@link PostgresFunction} is made with.
 *
 * @param database for functions whose function.json says {@code "database": true}, and for no other
 * @param deadLetters gets what was called without waiting and has failed three times
 * @param alarms topic for alarms on errors, throttling and slow calls
 */
public record PostgresFunctionProps(
        FunctionSettings settings, Optional<DatabaseAccess> database, IQueue deadLetters, ITopic alarms) {

    public PostgresFunctionProps {
        Objects.requireNonNull(settings);
        Objects.requireNonNull(database);
        Objects.requireNonNull(deadLetters);
        Objects.requireNonNull(alarms);
    }
}
