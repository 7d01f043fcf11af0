package dev.pglambda.binding;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import java.io.IOException;

/** Reads a date or time, but not from a number in a text: Serde reads {@code "5"} as five seconds after 1970. */
record TemporalText<T>(Deserializer<T> serde) implements Deserializer<T> {

    @Override
    public Deserializer<T> createSpecific(DecoderContext context, Argument<? super T> type) throws SerdeException {
        return new TemporalText<>(serde.createSpecific(context, type));
    }

    @Override
    public T deserialize(Decoder decoder, DecoderContext context, Argument<? super T> type) throws IOException {
        if (decoder instanceof StrictDecoder strict && strict.isNumberInText()) {
            strict.refuse("must be a date or time");
            return null;
        }
        return serde.deserialize(decoder, context, type);
    }

    @Override
    public T getDefaultValue(DecoderContext context, Argument<? super T> type) {
        return serde.getDefaultValue(context, type);
    }
}
