package dev.pglambda.binding;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns JSON into one Java type by Micronaut Serde and Validation, and lists everything that is wrong at once. A wrong type
 * is refused, never converted. Built once for each type; thread-safe.
 */
public final class Binder<T> {

    /** After so many values that their converters refuse, the rest is not checked. */
    private static final int MOST_ATTEMPTS = 100;

    private final Argument<T> type;
    private final BindingTools tools;
    private final boolean refuseUnknown;
    private final Deserializer<? extends T> deserializer;

    Binder(Argument<T> type, BindingTools tools, boolean refuseUnknown) {
        this.type = type;
        this.tools = tools;
        this.refuseUnknown = refuseUnknown;
        this.deserializer = tools.deserializer(type);
    }

    /** The bound and validated value; throws {@link InvalidValue} with every violation. */
    public T bind(JsonNode node) throws InvalidValue {
        if (type.getType().isInstance(node)) {
            return type.getType().cast(node);
        }
        if (node.isNull()) {
            throw new InvalidValue(Set.of(new Violation("", "must not be null")));
        }
        Findings findings = new Findings(tools.beans(), refuseUnknown);
        Optional<T> value = decode(node, findings);
        if (value.isEmpty()) {
            addMemberConstraints(node, findings);
            throw new InvalidValue(findings.violations());
        }
        addConstraints(type, value.get(), "", findings);
        if (!findings.isEmpty()) {
            throw new InvalidValue(findings.violations());
        }
        return value.get();
    }

    /** The type in words that a person who writes SQL understands, such as <code>{"id", "value"}</code>. */
    public String form() {
        if (tools.beans().of(type).isEmpty()) {
            return Iterable.class.isAssignableFrom(type.getType()) ? "an array" : "any JSON";
        }
        return tools.beans().of(type).stream()
                .filter(member -> !member.isIgnored())
                .map(member -> member.takesTheRest() ? "…" : '"' + member.name() + '"')
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /**
     * The value, with placeholders for what the findings refuse; empty when its constructor refuses it. A value that
     * its converter refuses is read as null in the next attempt, so that later mistakes are found too.
     */
    private Optional<T> decode(JsonNode node, Findings findings) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                StrictDecoder decoder = StrictDecoder.of(node, findings);
                return Optional.ofNullable(deserializer.deserialize(decoder, tools.decoderContext(), type));
            } catch (IOException | RuntimeException e) {
                String path = findings.withIndexes(e instanceof SerdeException located ? tools.path(located) : "");
                if (path.isEmpty()) {
                    findings.refuse(BindingTools.reason(e));
                    return Optional.empty();
                }
                if (!findings.concern(path)) {
                    findings.add(path, BindingTools.reason(e));
                }
                if (!findings.replace(path)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Validates a value that could be built, except where a mistake is known already. The validator takes beans only.
     */
    private void addConstraints(Argument<?> valueType, Object value, String path, Findings findings) {
        if (value instanceof Iterable<?> elements) {
            int index = 0;
            for (Object element : elements) {
                addConstraints(BindingTools.element(valueType), element, path + "[" + index++ + "]", findings);
            }
        } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> addConstraints(
                    BindingTools.element(valueType), entry, Violation.child(path, key.toString()), findings));
        } else if (value != null && !tools.beans().of(valueType).isEmpty()) {
            for (ConstraintViolation<?> violation : tools.validator().validate(value)) {
                String place = tools.path(valueType, violation.getPropertyPath());
                findings.addConstraint(path.isEmpty() ? place : Violation.child(path, place), violation.getMessage());
            }
        }
    }

    /** A value that could not be built cannot be validated as a whole, so its members are validated one by one. */
    private void addMemberConstraints(JsonNode node, Findings findings) {
        for (BeanMembers.Member member : tools.beans().of(type)) {
            if (!findings.concern(member.name()) && !member.takesTheRest() && !member.isIgnored()) {
                addMemberConstraints(member, node, findings);
            }
        }
    }

    private void addMemberConstraints(BeanMembers.Member member, JsonNode node, Findings findings) {
        try {
            JsonNode json = member.valueIn(node);
            Object value = json == null || json.isNull() ? null : tools.value(member.argument(), json);
            Validator validator = tools.validator();
            validator
                    .validateValue(type.getType(), member.argument().getName(), value)
                    .forEach(violation -> findings.addConstraint(member.name(), violation.getMessage()));
        } catch (IOException | RuntimeException e) {
            findings.add(member.name(), BindingTools.reason(e));
        }
    }
}
