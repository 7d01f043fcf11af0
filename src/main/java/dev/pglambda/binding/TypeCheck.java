package dev.pglambda.binding;

import io.micronaut.core.type.Argument;
import java.util.HashSet;
import java.util.Set;

/** Finds, when a handler starts, types for which Serde would silently invent values. */
final class TypeCheck {

    private final BeanMembers beans;
    private final Set<String> seen = new HashSet<>();

    TypeCheck(BeanMembers beans) {
        this.beans = beans;
    }

    /** Throws {@link IllegalStateException} that names the member and says what to write instead. */
    void require(Argument<?> type, String path) {
        if (!seen.add(type.getTypeString(true))) {
            return;
        }
        Class<?> javaType = type.getType();
        if (javaType.isArray() && javaType.getComponentType().isPrimitive() && javaType != byte[].class) {
            throw new IllegalStateException(path + " is a " + javaType.getSimpleName()
                    + ", in which a null of the JSON would become zero: write java.util.List<"
                    + Argument.of(javaType.getComponentType()).getWrapperType().getSimpleName() + ">");
        }
        if (javaType.isArray()) {
            require(Argument.of(javaType.getComponentType()), path + "[]");
        }
        for (Argument<?> parameter : type.getTypeParameters()) {
            require(parameter, path + "<" + parameter.getName() + ">");
        }
        for (BeanMembers.Member member : beans.of(type)) {
            if (!member.isIgnored()) {
                require(member.argument(), path + "." + member.argument().getName());
            }
        }
    }
}
