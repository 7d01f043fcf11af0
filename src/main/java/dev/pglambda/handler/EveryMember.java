package dev.pglambda.handler;

import io.micronaut.context.annotation.Primary;
import io.micronaut.serde.config.SerializationConfiguration;
import io.micronaut.serde.config.annotation.SerdeConfig.SerInclude;
import jakarta.inject.Singleton;

/** Results are written with every member, empty or null: a caller in SQL should find the same keys in every result. */
@Singleton
@Primary // before Serde's own
final class EveryMember implements SerializationConfiguration {

    @Override
    public SerInclude getInclusion() {
        return SerInclude.ALWAYS;
    }

    @Override
    public boolean isAlwaysSerializeErrorsAsList() {
        return true;
    }
}
