package dev.pglambda.handler;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.validation.validator.Validator;
import jakarta.validation.ConstraintViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Turns JSON into one Java type by Micronaut Serde and Validation, listing everything that is wrong at once. Built once
 * per type; thread-safe.
 */
final class Binder<T> {

    private final Argument<T> type;
    private final JsonMapper mapper;
    private final Supplier<Validator> validator;
    private final Optional<BeanIntrospection<T>> introspection;
    private final boolean constrained;

    /** The validator is asked for when it is needed: it is a fifth of a cold start, and many types do without. */
    Binder(Class<T> type, JsonMapper mapper, Supplier<Validator> validator) {
        this.type = Argument.of(type);
        this.mapper = mapper;
        this.validator = validator;
        this.introspection = BeanIntrospector.SHARED.findIntrospection(type);
        this.constrained = introspection.map(Constraints::needValidator).orElse(true);
    }

    /** The bound and validated value; throws {@link InvalidValue} with every violation. */
    T bind(JsonNode node) throws InvalidValue {
        if (type.getType().isInstance(node)) {
            return type.getType().cast(node);
        }
        if (node.isNull()) {
            throw new InvalidValue(Set.of(new Violation("", "must not be null")));
        }
        List<Violation> mistakes = new ArrayList<>();
        Shape.compare(type, node, "", mistakes);
        if (!constrained) {
            addNulls(node, mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidValue(withConstraints(node, mistakes));
        }
        T value = decode(node);
        if (!constrained) {
            return value;
        }
        Set<ConstraintViolation<T>> violations = validator.get().validate(value);
        if (!violations.isEmpty()) {
            throw new InvalidValue(violations.stream()
                    .map(v -> new Violation(v.getPropertyPath().toString(), v.getMessage()))
                    .collect(Collectors.toSet()));
        }
        return value;
    }

    /** As {@link #bind}, and a member that the type does not have is a violation too. */
    T bindStrictly(JsonNode node) throws InvalidValue {
        Set<Violation> unknown = new TreeSet<>();
        if (node.isObject() && introspection.isPresent()) {
            Set<String> known = Arrays.stream(introspection.get().getConstructorArguments())
                    .map(Shape::memberName)
                    .collect(Collectors.toSet());
            for (Map.Entry<String, JsonNode> member : node.entries()) {
                if (!known.contains(member.getKey())) {
                    unknown.add(new Violation(member.getKey(), "is not known"));
                }
            }
        }
        if (unknown.isEmpty()) {
            return bind(node);
        }
        try {
            bind(node);
        } catch (InvalidValue alsoInvalid) {
            unknown.addAll(alsoInvalid.violations());
        }
        throw new InvalidValue(unknown);
    }

    /** The type in words that a person who writes SQL understands, such as <code>{"id", "value"}</code>. */
    String form() {
        if (introspection.isEmpty()) {
            return "any JSON";
        }
        return Arrays.stream(introspection.get().getConstructorArguments())
                .map(member -> Shape.takesTheRest(member) ? "…" : '"' + Shape.memberName(member) + '"')
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What the validator would say, had it been asked. */
    private void addNulls(JsonNode node, List<Violation> mistakes) {
        if (introspection.isEmpty() || !node.isObject()) {
            return;
        }
        for (Argument<?> member : introspection.get().getConstructorArguments()) {
            JsonNode value = node.get(Shape.memberName(member));
            if (Constraints.isPlainNotNull(member) && (value == null || value.isNull())) {
                mistakes.add(new Violation(Shape.memberName(member), "must not be null"));
            }
        }
    }

    private T decode(JsonNode node) throws InvalidValue {
        try {
            return mapper.readValueFromTree(node, type);
        } catch (IOException e) {
            // What the shape does not tell: a date that is none, an unknown enum constant.
            throw new InvalidValue(Set.of(new Violation("", String.valueOf(e.getMessage()))));
        }
    }

    /** A value with one member of the wrong type cannot be validated as a whole, so its other members are, one by one. */
    private Set<Violation> withConstraints(JsonNode node, List<Violation> mistakes) {
        Set<Violation> all = new TreeSet<>(mistakes);
        if (introspection.isEmpty() || !node.isObject()) {
            return all;
        }
        for (Argument<?> member : introspection.get().getConstructorArguments()) {
            String name = Shape.memberName(member);
            boolean mistaken =
                    mistakes.stream().anyMatch(mistake -> mistake.path().matches("\\Q" + name + "\\E([.\\[].*)?"));
            if (constrained && !mistaken && !Shape.takesTheRest(member)) {
                addConstraintViolations(member, Optional.ofNullable(node.get(name)), all);
            }
        }
        return all;
    }

    private void addConstraintViolations(Argument<?> member, Optional<JsonNode> node, Set<Violation> all) {
        try {
            Object value = node.isEmpty() ? null : mapper.readValueFromTree(node.get(), member);
            validator.get().validateValue(type.getType(), member.getName(), value).stream()
                    .map(v -> new Violation(v.getPropertyPath().toString(), v.getMessage()))
                    .forEach(all::add);
        } catch (IOException e) {
            all.add(new Violation(Shape.memberName(member), String.valueOf(e.getMessage())));
        }
    }

    /** The value is not of the type: everything that is wrong with it. */
    static final class InvalidValue extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Set<Violation> violations;

        InvalidValue(Set<Violation> violations) {
            super("not what is taken", null, false, false);
            this.violations = new TreeSet<>(violations);
        }

        Set<Violation> violations() {
            return violations;
        }

        /** All violations in one line, for DETAIL. */
        String list() {
            return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        }
    }
}
