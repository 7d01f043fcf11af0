package dev.pglambda.binding;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.config.DeserializationConfiguration;
import io.micronaut.serde.config.SerdeConfiguration;
import io.micronaut.serde.config.annotation.SerdeConfig;
import io.micronaut.serde.config.naming.PropertyNamingStrategy;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.reference.PropertyReference;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Optional;

/** Serde's context, except that the deserializers of dates and times do not read a number in a text as seconds. */
record StrictContext(Deserializer.DecoderContext serde) implements Deserializer.DecoderContext {

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the wrapper has the type of the deserializer that it wraps
    public <T> Deserializer<? extends T> findDeserializer(Argument<? extends T> type) throws SerdeException {
        Deserializer<? extends T> found = serde.findDeserializer(type);
        boolean hasPattern = type.getAnnotationMetadata()
                .stringValue(SerdeConfig.class, SerdeConfig.PATTERN)
                .isPresent();
        return TemporalAccessor.class.isAssignableFrom(type.getType()) && !hasPattern ? new TemporalText(found) : found;
    }

    @Override
    public <T, D extends Deserializer<? extends T>> D findCustomDeserializer(Class<? extends D> type)
            throws SerdeException {
        return serde.findCustomDeserializer(type);
    }

    @Override
    public <T> Collection<BeanIntrospection<? extends T>> getDeserializableSubtypes(Class<T> superType) {
        return serde.getDeserializableSubtypes(superType);
    }

    @Override
    public <D extends PropertyNamingStrategy> D findNamingStrategy(Class<? extends D> type) throws SerdeException {
        return serde.findNamingStrategy(type);
    }

    @Override
    public <B, P> PropertyReference<B, P> resolveReference(PropertyReference<B, P> reference) {
        return serde.resolveReference(reference);
    }

    @Override
    public <B, P> void pushManagedRef(PropertyReference<B, P> reference) {
        serde.pushManagedRef(reference);
    }

    @Override
    public void popManagedRef() {
        serde.popManagedRef();
    }

    @Override
    public ConversionService getConversionService() {
        return serde.getConversionService();
    }

    @Override
    public boolean hasView(Class<?>... views) {
        return serde.hasView(views);
    }

    @Override
    public Optional<SerdeConfiguration> getSerdeConfiguration() {
        return serde.getSerdeConfiguration();
    }

    @Override
    public Optional<DeserializationConfiguration> getDeserializationConfiguration() {
        return serde.getDeserializationConfiguration();
    }
}
