package dev.pglambda.handler;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.config.annotation.SerdeConfig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares JSON with a Java type before it is bound. Serde would turn {@code "5"} into 5, {@code 1.5} into 1 and 5 into
 * {@code "5"}, and stop at its first complaint; a typed SQL function must refuse all that, and list every mistake.
 */
final class Shape {

    private static final int SHOWN_CHARACTERS = 40;

    private static final Map<Class<?>, BigInteger> LARGEST = Map.of(
            byte.class, BigInteger.valueOf(Byte.MAX_VALUE),
            Byte.class, BigInteger.valueOf(Byte.MAX_VALUE),
            short.class, BigInteger.valueOf(Short.MAX_VALUE),
            Short.class, BigInteger.valueOf(Short.MAX_VALUE),
            int.class, BigInteger.valueOf(Integer.MAX_VALUE),
            Integer.class, BigInteger.valueOf(Integer.MAX_VALUE),
            long.class, BigInteger.valueOf(Long.MAX_VALUE),
            Long.class, BigInteger.valueOf(Long.MAX_VALUE));

    private Shape() {}

    /** Adds to the list whatever of the JSON has another type than the argument. Absent members are not looked at. */
    static void compare(Argument<?> type, JsonNode node, String path, List<Violation> violations) {
        Class<?> javaType = type.getType();
        if (JsonNode.class.isAssignableFrom(javaType) || javaType == Object.class) {
            return;
        }
        if (node.isNull()) {
            if (javaType.isPrimitive()) {
                violations.add(new Violation(path, "must not be null"));
            }
            return;
        }
        Optional<String> wrong = scalarMistake(javaType, node);
        if (wrong.isPresent()) {
            violations.add(new Violation(path, wrong.get() + ", not " + shown(node)));
        } else if (Iterable.class.isAssignableFrom(javaType) || javaType.isArray()) {
            compareElements(type, node, path, violations);
        } else if (Map.class.isAssignableFrom(javaType)) {
            compareValues(type, node, path, violations);
        } else {
            BeanIntrospector.SHARED
                    .findIntrospection(javaType)
                    .filter(introspection -> !javaType.isEnum())
                    .ifPresent(introspection -> compareMembers(introspection, node, path, violations));
        }
    }

    /** The name of a member in JSON. */
    static String memberName(Argument<?> member) {
        return member.getAnnotationMetadata()
                .stringValue(SerdeConfig.class, SerdeConfig.PROPERTY)
                .orElse(member.getName());
    }

    /** Whether the member takes what no other member is named for. */
    static boolean takesTheRest(Argument<?> member) {
        return member.getAnnotationMetadata().hasAnnotation(SerdeConfig.SerAnySetter.class);
    }

    /** The value for a message: short, and recognisable. */
    static String shown(JsonNode node) {
        String text = Json.text(node);
        String start = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
        return kind(node) + " " + start;
    }

    private static String kind(JsonNode node) {
        if (node.isString()) {
            return "text";
        }
        if (node.isNumber()) {
            return "number";
        }
        if (node.isBoolean()) {
            return "boolean";
        }
        if (node.isArray()) {
            return "array";
        }
        return node.isObject() ? "object" : "JSON";
    }

    private static Optional<String> scalarMistake(Class<?> type, JsonNode node) {
        if (type == String.class || type == CharSequence.class || type.isEnum()) {
            return node.isString() ? Optional.empty() : Optional.of("must be text");
        }
        if (type == boolean.class || type == Boolean.class) {
            return node.isBoolean() ? Optional.empty() : Optional.of("must be true or false");
        }
        if (LARGEST.containsKey(type) || type == BigInteger.class) {
            return integerMistake(Optional.ofNullable(LARGEST.get(type)), node);
        }
        if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
            return node.isNumber() ? Optional.empty() : Optional.of("must be a number");
        }
        return Optional.empty();
    }

    private static Optional<String> integerMistake(Optional<BigInteger> largest, JsonNode node) {
        if (!node.isNumber()) {
            return Optional.of("must be an integer");
        }
        BigDecimal value = node.getBigDecimalValue();
        // By scale and precision, not by conversion: 1e999999999 would need a gigabyte of digits.
        boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        if (!whole) {
            return Optional.of("must be an integer");
        }
        if (largest.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal upper = new BigDecimal(largest.get());
        BigDecimal lower = upper.negate().subtract(BigDecimal.ONE);
        boolean fits = value.compareTo(lower) >= 0 && value.compareTo(upper) <= 0;
        return fits ? Optional.empty() : Optional.of("must be between " + lower + " and " + upper);
    }

    private static void compareElements(Argument<?> type, JsonNode node, String path, List<Violation> violations) {
        if (!node.isArray()) {
            violations.add(new Violation(path, "must be an array, not " + shown(node)));
            return;
        }
        Argument<?> element = type.getType().isArray()
                ? Argument.of(type.getType().getComponentType())
                : type.getFirstTypeVariable().orElse(Argument.OBJECT_ARGUMENT);
        for (int i = 0; i < node.size(); i++) {
            compare(element, node.get(i), path + "[" + i + "]", violations);
        }
    }

    private static void compareValues(Argument<?> type, JsonNode node, String path, List<Violation> violations) {
        if (!node.isObject()) {
            violations.add(new Violation(path, "must be an object, not " + shown(node)));
            return;
        }
        Argument<?> value = type.getTypeVariable("V").orElse(Argument.OBJECT_ARGUMENT);
        for (Map.Entry<String, JsonNode> entry : node.entries()) {
            compare(value, entry.getValue(), child(path, entry.getKey()), violations);
        }
    }

    private static void compareMembers(
            BeanIntrospection<?> type, JsonNode node, String path, List<Violation> violations) {
        if (!node.isObject()) {
            violations.add(new Violation(path, "must be an object, not " + shown(node)));
            return;
        }
        for (Argument<?> member : type.getConstructorArguments()) {
            String name = memberName(member);
            JsonNode value = node.get(name);
            if (value != null && !takesTheRest(member)) {
                compare(member, value, child(path, name), violations);
            } else if (value == null && member.isPrimitive()) {
                violations.add(new Violation(child(path, name), "must not be null"));
            }
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
