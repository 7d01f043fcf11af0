package dev.pglambda.infra.function;

import dev.pglambda.infra.database.DatabaseAccess;
import java.util.Optional;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * The properties of a {@link PostgresFunction}.
 *
 * @param database for functions whose function.json says {@code "database": true}, and for no other
 * @param deadLetters gets the payloads of asynchronous calls that have failed three times
 * @param alarms topic for alarms on errors, throttling and slow calls
 */
public record PostgresFunctionProps(
        FunctionSettings settings, Optional<DatabaseAccess> database, IQueue deadLetters, ITopic alarms) {}
