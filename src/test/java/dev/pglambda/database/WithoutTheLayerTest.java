package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanDefinition;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A function without the database layer starts without its beans. Public for the other class loader. */
public class WithoutTheLayerTest {

    private static final List<String> THE_LAYER = List.of(
            "HikariCP",
            "postgresql-",
            "failsafe",
            "crac",
            "micronaut-data",
            "micronaut-jdbc",
            "awssdk",
            "micronaut-aws-s");

    @Test
    void beans_exist_only_where_hikari_does() throws Exception {
        assertThat(beans(ApplicationContext.class.getClassLoader())).anyMatch(WithoutTheLayerTest::isOurs);
        URL[] rest = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> THE_LAYER.stream().noneMatch(entry::contains))
                .map(WithoutTheLayerTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            assertThat(beans(without)).hasSizeGreaterThan(50).noneMatch(WithoutTheLayerTest::isOurs);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(String bean) {
        return bean.startsWith("dev.pglambda.database") && !bean.contains("Test");
    }

    @SuppressWarnings("unchecked")
    private static List<String> beans(ClassLoader loader) throws Exception {
        return (List<String>) ((Callable<?>) Class.forName(Beans.class.getName(), true, loader)
                        .getDeclaredConstructor()
                        .newInstance())
                .call();
    }

    /** Runs inside either class loader. */
    public static final class Beans implements Callable<List<String>> {

        public Beans() {}

        @Override
        public List<String> call() {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(getClass().getClassLoader());
            try (ApplicationContext context =
                    ApplicationContext.builder(getClass().getClassLoader()).start()) {
                return context.getAllBeanDefinitions().stream()
                        .map(BeanDefinition::getName)
                        .toList();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }
}
