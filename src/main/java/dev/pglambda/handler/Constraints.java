package dev.pglambda.handler;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.stream.Stream;

/** Tells whether a type needs Micronaut's validator, or has no constraint but a plain {@link NotNull} here and there. */
final class Constraints {

    private Constraints() {}

    /** Whether there is any constraint but a plain {@link NotNull} of a member. */
    static boolean needValidator(BeanIntrospection<?> type) {
        return isConstrained(type.getAnnotationMetadata())
                || Arrays.stream(type.getConstructorArguments()).anyMatch(Constraints::isConstrained)
                || type.getBeanProperties().stream()
                        .anyMatch(property -> isConstrained(property.getAnnotationMetadata()));
    }

    /** Whether the member says {@link NotNull}, with the usual message and for everybody. */
    static boolean isPlainNotNull(Argument<?> member) {
        return member.getAnnotationMetadata().hasAnnotation(NotNull.class)
                && constraintsOf(member.getAnnotationMetadata()).anyMatch(Constraints::isPlainNotNull);
    }

    private static boolean isConstrained(Argument<?> member) {
        return isConstrained(member.getAnnotationMetadata())
                || Arrays.stream(member.getTypeParameters()).anyMatch(Constraints::isConstrained);
    }

    private static boolean isConstrained(AnnotationMetadata metadata) {
        return metadata.hasAnnotation(Valid.class)
                || metadata.getAnnotationNamesByStereotype(Constraint.class).stream()
                        .anyMatch(name -> !isNotNull(name)
                                || constraintsOf(metadata).anyMatch(constraint -> !isPlainNotNull(constraint)));
    }

    private static Stream<AnnotationValue<NotNull>> constraintsOf(AnnotationMetadata metadata) {
        return metadata.getAnnotationValuesByType(NotNull.class).stream();
    }

    private static boolean isNotNull(String name) {
        return name.equals(NotNull.class.getName()) || name.equals(NotNull.List.class.getName());
    }

    private static boolean isPlainNotNull(AnnotationValue<NotNull> constraint) {
        return !constraint.contains("message") && !constraint.contains("groups");
    }
}
