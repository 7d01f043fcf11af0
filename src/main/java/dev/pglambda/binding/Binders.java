package dev.pglambda.binding;

import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Items;
import io.micronaut.context.BeanProvider;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.SerdeRegistry;
import io.micronaut.serde.config.DeserializationConfiguration;
import io.micronaut.serde.config.SerdeConfiguration;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes binders, and binds what handlers ask for. Thread-safe. */
@Singleton
public final class Binders implements Items {

    private final BindingTools tools;
    private final Map<Class<?>, Binder<?>> items = new ConcurrentHashMap<>();

    /** The validator is made at its first use, because making it is slow. */
    Binders(SerdeRegistry registry, SerdeConfiguration configuration, BeanProvider<Validator> validator) {
        SerdeRegistry strict = registry.cloneWithConfiguration(configuration, null, new StrictConfiguration());
        this.tools = new BindingTools(strict, validator::get);
    }

    /**
     * For items of this type.
     *
     * @throws IllegalStateException when the type cannot be bound; the message says what to do
     */
    public <T> Binder<T> binder(Argument<T> type) {
        return make(type, false);
    }

    /** As {@link #binder}, and a member that the type does not have is a violation too. */
    public <T> Binder<T> strictBinder(Argument<T> type) {
        return make(type, true);
    }

    private <T> Binder<T> make(Argument<T> type, boolean refuseUnknown) {
        new TypeCheck(tools.beans()).require(type, type.getSimpleName());
        return new Binder<>(type, tools, refuseUnknown);
    }

    @Override
    @SuppressWarnings("unchecked") // the key says the type
    public <T> T bind(JsonNode item, Class<T> type) {
        Binder<T> binder = (Binder<T>) items.computeIfAbsent(type, key -> binder(Argument.of(key)));
        try {
            return binder.bind(item);
        } catch (InvalidValue invalid) {
            throw HandlerException.invalid(
                    "the item is not what the function takes", invalid.list(), "It takes " + binder.form() + ".");
        }
    }

    private static final class StrictConfiguration implements DeserializationConfiguration {

        @Override
        public boolean isIgnoreUnknown() {
            return true;
        }

        @Override
        public int getArraySizeThreshold() {
            return 100;
        }

        @Override
        public boolean isStrictNullable() {
            return false;
        }

        @Override
        public boolean isFailOnNullForPrimitives() {
            return true;
        }
    }
}
