package dev.pglambda.binding;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.SerdeRegistry;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.CollectionItemReferencePath;
import io.micronaut.serde.exceptions.path.MapItemReferencePath;
import io.micronaut.serde.exceptions.path.PropertyReferencePath;
import io.micronaut.serde.exceptions.path.ReferencePath;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What all binders share: Serde, the validator, and the translation of their paths to paths in JSON. Thread-safe. */
final class BindingTools {

    private final SerdeRegistry registry;
    private final Supplier<Validator> validator;
    private final BeanMembers beans;

    BindingTools(SerdeRegistry registry, Supplier<Validator> validator) {
        this.registry = registry;
        this.validator = validator;
        this.beans = new BeanMembers(registry);
    }

    BeanMembers beans() {
        return beans;
    }

    Validator validator() {
        return validator.get();
    }

    Deserializer.DecoderContext decoderContext() {
        return new StrictContext(registry.newDecoderContext(null));
    }

    /** Throws {@link IllegalStateException} when Serde does not know the type; the message says what to do. */
    <T> Deserializer<? extends T> deserializer(Argument<T> type) {
        try {
            Deserializer.DecoderContext context = decoderContext();
            return context.findDeserializer(type).createSpecific(context, type);
        } catch (SerdeException | RuntimeException e) {
            throw new IllegalStateException(
                    "JSON cannot be bound to " + type.getTypeString(true)
                            + ": annotate it with @Serdeable, and let io.micronaut.serde:micronaut-serde-processor run as an"
                            + " annotation processor when it is compiled (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Binds one value strictly; throws an exception for a mistake. */
    <T> T value(Argument<T> type, JsonNode node) throws IOException {
        Findings findings = new Findings(beans, false);
        T value = deserializer(type).deserialize(StrictDecoder.of(node, findings), decoderContext(), type);
        if (!findings.isEmpty()) {
            throw new SerdeException(findings.violations().iterator().next().message());
        }
        return value;
    }

    /** The message of the constructor or converter, without Serde's messages around it. */
    static String reason(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message;
    }

    /** The path in the JSON at which Serde failed. Serde lists the innermost place first. */
    String path(SerdeException e) {
        StringBuilder path = new StringBuilder();
        List<ReferencePath> places = List.copyOf(e.getPath());
        for (int i = places.size() - 1; i >= 0; i--) {
            ReferencePath place = places.get(i);
            if (place instanceof CollectionItemReferencePath item) {
                path.append('[').append(item.index()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name(place));
            }
        }
        return path.toString();
    }

    private String name(ReferencePath place) {
        if (place instanceof MapItemReferencePath entry) {
            return entry.key();
        }
        Class<?> bean = place instanceof PropertyReferencePath property ? property.type() : Object.class;
        return beans.name(Argument.of(bean), place.getArgument().getName());
    }

    /** The path of a constraint violation, with the names that the members have in JSON. */
    String path(Argument<?> root, Path violated) {
        StringBuilder path = new StringBuilder();
        Argument<?> bean = root;
        for (Path.Node node : violated) {
            if (node.isInIterable()) {
                path.append('[')
                        .append(node.getIndex() != null ? node.getIndex() : node.getKey())
                        .append(']');
                bean = element(bean);
            }
            if (node.getName() != null && !node.getName().startsWith("<")) {
                path.append(path.isEmpty() ? "" : ".").append(beans.name(bean, node.getName()));
                bean = beans.type(bean, node.getName());
            }
        }
        return path.toString();
    }

    /** The type of what a list or a map contains. */
    static Argument<?> element(Argument<?> container) {
        Argument<?>[] parameters = container.getTypeParameters();
        return parameters.length == 0 ? Argument.OBJECT_ARGUMENT : parameters[parameters.length - 1];
    }
}
