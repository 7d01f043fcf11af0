package dev.pglambda.binding;

import io.micronaut.core.annotation.AnnotatedElement;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.beans.BeanProperty;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.annotation.AnnotationMetadataHierarchy;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.SerdeRegistry;
import io.micronaut.serde.config.annotation.SerdeConfig;
import io.micronaut.serde.config.naming.PropertyNamingStrategy;
import io.micronaut.serde.exceptions.SerdeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members that an object in JSON has for a bean, by the names that Serde gives them: {@code @JsonProperty}, a naming
 * strategy, aliases. Constructor arguments first, then properties with a setter. Thread-safe.
 */
final class BeanMembers {

    private final SerdeRegistry registry;
    private final Map<Class<?>, List<Member>> known = new ConcurrentHashMap<>();
    private final Map<Class<?>, Set<String>> primitives = new ConcurrentHashMap<>();

    BeanMembers(SerdeRegistry registry) {
        this.registry = registry;
    }

    /** The members of a bean; empty for a type that is not a bean. */
    List<Member> of(Argument<?> type) {
        return known.computeIfAbsent(type.getType(), bean -> BeanIntrospector.SHARED
                .findIntrospection(bean)
                .filter(introspection -> !bean.isEnum())
                .map(this::members)
                .orElse(List.of()));
    }

    /** The names and aliases of primitive members. */
    Set<String> primitives(Argument<?> type) {
        return primitives.computeIfAbsent(type.getType(), bean -> of(type).stream()
                .filter(Member::isPrimitive)
                .flatMap(member -> Stream.concat(Stream.of(member.name()), member.aliases().stream()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The name in JSON of a member that has this name in Java. */
    String name(Argument<?> bean, String javaName) {
        return find(bean, javaName).map(Member::name).orElse(javaName);
    }

    /** The type of a member that has this name in Java. */
    Argument<?> type(Argument<?> bean, String javaName) {
        return find(bean, javaName).<Argument<?>>map(Member::argument).orElse(Argument.OBJECT_ARGUMENT);
    }

    private Optional<Member> find(Argument<?> bean, String javaName) {
        return of(bean).stream()
                .filter(member -> member.argument().getName().equals(javaName))
                .findFirst();
    }

    private List<Member> members(BeanIntrospection<?> bean) {
        List<Member> members = new ArrayList<>();
        for (Argument<?> argument : bean.getConstructorArguments()) {
            AnnotationMetadata property = bean.getProperty(argument.getName())
                    .map(BeanProperty::getAnnotationMetadata)
                    .orElse(AnnotationMetadata.EMPTY_METADATA);
            members.add(member(
                    bean, argument, new AnnotationMetadataHierarchy(property, argument.getAnnotationMetadata()), true));
        }
        for (BeanProperty<?, ?> property : bean.getBeanProperties()) {
            boolean constructed = Arrays.stream(bean.getConstructorArguments())
                    .anyMatch(argument -> argument.getName().equals(property.getName()));
            if (!constructed && !property.isReadOnly()) {
                members.add(member(bean, property.asArgument(), property.getAnnotationMetadata(), false));
            }
        }
        return members;
    }

    private Member member(
            BeanIntrospection<?> bean, Argument<?> argument, AnnotationMetadata metadata, boolean isConstructed) {
        String name = metadata.stringValue(SerdeConfig.class, SerdeConfig.PROPERTY)
                .orElseGet(() -> naming(bean, metadata)
                        .map(strategy -> strategy.translate(new NamedElement(argument.getName(), metadata)))
                        .orElse(argument.getName()));
        return new Member(
                name,
                List.of(metadata.stringValues(SerdeConfig.class, SerdeConfig.ALIASES)),
                argument,
                metadata.hasAnnotation(SerdeConfig.SerAnySetter.class),
                metadata.booleanValue(SerdeConfig.class, SerdeConfig.IGNORED).orElse(false),
                isConstructed);
    }

    private Optional<PropertyNamingStrategy> naming(BeanIntrospection<?> bean, AnnotationMetadata member) {
        Optional<Class<?>> type = strategy(member).or(() -> strategy(bean));
        try {
            return type.isEmpty()
                    ? Optional.empty()
                    : Optional.of(registry.findNamingStrategy(type.get().asSubclass(PropertyNamingStrategy.class)));
        } catch (SerdeException e) {
            throw new IllegalStateException(
                    "the naming strategy of " + bean.getBeanType().getName(), e);
        }
    }

    private static Optional<Class<?>> strategy(AnnotationMetadata metadata) {
        return metadata.classValue(SerdeConfig.class, SerdeConfig.RUNTIME_NAMING)
                .map(type -> (Class<?>) type);
    }

    /**
     * One member.
     *
     * @param name in JSON
     * @param aliases other names that are accepted
     * @param argument its name and type in Java
     * @param takesTheRest whether it takes the members that no other one is named for
     * @param isIgnored whether it is never read
     * @param isConstructed whether it is an argument of the constructor
     */
    record Member(
            String name,
            List<String> aliases,
            Argument<?> argument,
            boolean takesTheRest,
            boolean isIgnored,
            boolean isConstructed) {

        boolean isPrimitive() {
            return argument.isPrimitive() && !isIgnored;
        }

        /** Its value in an object; null when it has none. */
        JsonNode valueIn(JsonNode object) {
            JsonNode value = object.get(name);
            for (int i = 0; value == null && i < aliases.size(); i++) {
                value = object.get(aliases.get(i));
            }
            return value;
        }
    }

    private record NamedElement(String name, AnnotationMetadata metadata) implements AnnotatedElement {

        @Override
        public AnnotationMetadata getAnnotationMetadata() {
            return metadata;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
