package dev.pglambda.local.junit;

import io.micronaut.test.annotation.MockBean;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Refuses mocks that would be ignored. Other beans get Micronaut's proxy of a mock, and the proxy passes on public methods
 * only: a call of any other method runs the real code.
 */
final class MockBeanCheck {

    private MockBeanCheck() {}

    /** {@link ExtensionConfigurationException} when a mock of this test has a method with which other beans miss it. */
    static void of(Class<?> test) {
        Stream<Method> methods =
                AnnotationSupport.findAnnotatedMethods(test, MockBean.class, HierarchyTraversalMode.TOP_DOWN).stream();
        Stream<Field> fields = AnnotationSupport.findAnnotatedFields(test, MockBean.class).stream();
        methods.forEach(method -> check(test, method, method.getReturnType()));
        fields.forEach(field -> check(test, field, field.getType()));
    }

    private static void check(Class<?> test, AnnotatedElement mock, Class<?> type) {
        List<Method> unreached = Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .filter(each -> each.getPackage() == test.getPackage()) // so that beans beside the test can call them
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic() && isOverridable(method.getModifiers()))
                .filter(method -> !Modifier.isPublic(method.getModifiers()))
                .toList();
        if (!unreached.isEmpty()) {
            String names =
                    unreached.stream().map(Method::getName).distinct().sorted().collect(Collectors.joining(", "));
            throw new ExtensionConfigurationException("@MockBean " + mock + " would be ignored where other beans call "
                    + names + " of " + type.getName() + ": Micronaut passes on only public methods to a mock. Make them"
                    + " public (the class need not be), or mock an interface");
        }
    }

    private static boolean isOverridable(int modifiers) {
        return !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers);
    }
}
