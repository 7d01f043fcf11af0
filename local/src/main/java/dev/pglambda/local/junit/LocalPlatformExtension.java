package dev.pglambda.local.junit;

import dev.pglambda.handler.Handler;
import dev.pglambda.lambda.LambdaFunction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.test.extensions.junit5.MicronautJunit5Extension;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What is behind {@link LocalPlatformTest}. */
final class LocalPlatformExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LocalPlatformExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        MockBeanCheck.of(context.getRequiredTestClass());
        // A nested class finds its outer class's database; JUnit closes it after the outer class.
        TestDatabase database = context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TestDatabase.class,
                        key -> SharedPostgres.get().database(context.getRequiredTestClass()),
                        TestDatabase.class);
        if (hasMicronautContext(context)) {
            throw new ExtensionConfigurationException("put @LocalPlatformTest above @MicronautTest on "
                    + context.getRequiredTestClass().getName() + ": the context must be told where the database is");
        }
        TestDatabaseConfigurer.use(database.settings());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestDatabaseConfigurer.use(Map.of());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        TestDatabase database = database(context);
        for (Class<? extends Handler<?, ?>> type : handlers(context)) {
            if (!database.serves(type)) {
                database.serve(type, new LambdaFunction(micronautContext(context), type));
            }
        }
        database.initialize();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sql.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // One per test, closed by JUnit after it.
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Sql.class, key -> database(context).sql(), Sql.class);
    }

    private static TestDatabase database(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestDatabase.class, TestDatabase.class);
    }

    private static Class<? extends Handler<?, ?>>[] handlers(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), LocalPlatformTest.class, context.getEnclosingTestClasses())
                .orElseThrow()
                .value();
    }

    private static ApplicationContext micronautContext(ExtensionContext context) {
        ApplicationContext micronaut = storedContext(context);
        if (micronaut == null) {
            throw new ExtensionConfigurationException(
                    "@LocalPlatformTest takes the handlers from the test's context: add @MicronautTest to "
                            + context.getRequiredTestClass().getName());
        }
        return micronaut;
    }

    private static boolean hasMicronautContext(ExtensionContext context) {
        ApplicationContext micronaut = storedContext(context);
        return micronaut != null
                && micronaut.isRunning()
                && context.getEnclosingTestClasses().isEmpty();
    }

    private static ApplicationContext storedContext(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(MicronautJunit5Extension.class))
                .get(ApplicationContext.class, ApplicationContext.class);
    }
}
