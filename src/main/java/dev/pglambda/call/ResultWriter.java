package dev.pglambda.call;

import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.config.SerializationConfiguration;
import io.micronaut.serde.config.annotation.SerdeConfig.SerInclude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes results of one type as JSON that PostgreSQL takes. Built once per handler; thread-safe. */
public final class ResultWriter<O> {

    private final JsonMapper mapper;
    private final Argument<O> type;
    private final boolean anyType;

    /** Looks up the serializer, which costs some milliseconds. */
    public ResultWriter(ObjectMapper mapper, Argument<O> type) {
        this.type = type;
        this.anyType = type.getType() == Object.class;
        this.mapper = anyType ? mapper : mapper.createSpecific(type);
    }

    /** A mapper that writes every member, empty or null: a caller in SQL should find the same keys in every result. */
    public static ObjectMapper mapper(ApplicationContext context) {
        return context.getBean(ObjectMapper.class).cloneWithConfiguration(null, new IncludeAllMembers(), null);
    }

    /** The JSON; {@link HandlerException} 38000 when the result cannot be written. */
    public byte[] write(O result) {
        try {
            byte[] json = mapper.writeValueAsBytes(anyType ? Argument.ofInstance(result) : type, result);
            unstorable(json).ifPresent(what -> {
                throw cannotWrite("it contains " + what + ", which PostgreSQL cannot store", null);
            });
            return json;
        } catch (IOException | RuntimeException e) {
            if (e instanceof HandlerException known) {
                throw known;
            }
            throw cannotWrite(e.getClass().getName(), e);
        }
    }

    private HandlerException cannotWrite(String why, Exception cause) {
        return new HandlerException(
                        SqlState.EXTERNAL_ROUTINE_EXCEPTION,
                        "the function's result of type " + type.getTypeName() + " cannot be written as JSON",
                        why,
                        "This is a bug of the function.")
                .causedBy(cause);
    }

    /**
     * Names the character because of which PostgreSQL would refuse the whole reply: a NUL, or half of a surrogate pair.
     * Jackson writes both as escapes, and whole pairs too.
     */
    private static Optional<String> unstorable(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\\') {
                char unit = escaped(json, i);
                boolean pair = Character.isHighSurrogate(unit) && Character.isLowSurrogate(escaped(json, i + 6));
                if (unit == 0) {
                    return Optional.of("a NUL character");
                }
                if (Character.isSurrogate(unit) && !pair) {
                    return Optional.of("half of a surrogate pair");
                }
                i += pair ? 11 : 1;
            }
        }
        return Optional.empty();
    }

    /** The character that an escape of the form u0000 names; a space for any other escape or text. */
    private static char escaped(byte[] json, int at) {
        if (json.length - at < 6 || json[at] != '\\' || json[at + 1] != 'u') {
            return ' ';
        }
        return (char) Integer.parseInt(new String(json, at + 2, 4, StandardCharsets.ISO_8859_1), 16);
    }

    private static final class IncludeAllMembers implements SerializationConfiguration {

        @Override
        public SerInclude getInclusion() {
            return SerInclude.ALWAYS;
        }

        @Override
        public boolean isAlwaysSerializeErrorsAsList() {
            return true;
        }
    }
}
