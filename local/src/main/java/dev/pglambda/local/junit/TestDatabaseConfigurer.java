package dev.pglambda.local.junit;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/**
 * Tells the contexts of the test class at hand where its database is, so that handlers that go back to it find it.
 * Micronaut makes the configurer itself, so what it passes on is static; test classes of one JVM run one after the
 * other.
 */
@ContextConfigurer
public final class TestDatabaseConfigurer implements ApplicationContextConfigurer {

    private static volatile Map<String, Object> settings = Map.of();

    /** Called by Micronaut. */
    public TestDatabaseConfigurer() {}

    static void use(Map<String, Object> newSettings) {
        settings = Map.copyOf(newSettings);
    }

    /** Not the builder: Micronaut's extension makes that before any test class is known. */
    @Override
    public void configure(ApplicationContext context) {
        if (!settings.isEmpty()) {
            context.getEnvironment().addPropertySource(PropertySource.of("test database", settings));
        }
    }
}
