package dev.pglambda.handler;

import io.micronaut.core.beans.BeanIntrospectionReference;
import io.micronaut.core.io.service.SoftServiceLoader.Optimizations;
import io.micronaut.core.io.service.SoftServiceLoader.StaticDefinition;
import io.micronaut.core.io.service.SoftServiceLoader.StaticServiceLoader;
import io.micronaut.core.optim.StaticOptimizations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells Micronaut the classes that it would else look for in every jar, from the list that the packaging puts into a
 * function's zip. Without that list, as in tests, Micronaut looks.
 *
 * <p>Looking costs a cold start 50 ms and more, and finds the parts of a web server, which no function has: the list
 * leaves them out.
 */
public final class ServiceIndex implements StaticOptimizations.Loader<Optimizations> {

    /** One line for each class: the service, a slash, the class; no class for a service that has none. */
    private static final String RESOURCE = "/META-INF/pglambda/services";

    private static final String INTROSPECTIONS = BeanIntrospectionReference.class.getName();

    /** By {@link java.util.ServiceLoader}. */
    public ServiceIndex() {}

    @Override
    public Optimizations load() {
        Map<String, StaticServiceLoader<?>> services = new HashMap<>();
        try (InputStream list = ServiceIndex.class.getResourceAsStream(RESOURCE)) {
            if (list != null) {
                read(list)
                        .forEach((service, names) -> services.put(
                                service,
                                service.equals(INTROSPECTIONS) ? new Introspections(names) : new Listed(names)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Optimizations(services);
    }

    private static Map<String, List<String>> read(InputStream list) throws IOException {
        Map<String, List<String>> names = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int slash = line.indexOf('/');
            List<String> classes = names.computeIfAbsent(line.substring(0, slash), service -> new ArrayList<>());
            if (slash + 1 < line.length()) {
                classes.add(line.substring(slash + 1));
            }
        }
        return names;
    }

    /** The classes of one service. Those that miss something optional are left out, as Micronaut does. */
    private record Listed(List<String> names) implements StaticServiceLoader<Object> {

        @Override
        public Stream<StaticDefinition<Object>> findAll(Predicate<String> condition) {
            return names.stream()
                    .filter(condition)
                    .map(name -> StaticDefinition.of(name, () -> instance(name)))
                    .filter(definition -> definition.load() != null);
        }

        @Override
        public List<Object> load(Predicate<Object> predicate) {
            List<Object> found = new ArrayList<>(names.size());
            for (String name : names) {
                Object instance = instance(name);
                if (instance != null && (predicate == null || predicate.test(instance))) {
                    found.add(instance);
                }
            }
            return found;
        }
    }

    /** Introspections that are loaded when they are asked for. All are taken as present until then. */
    private record Introspections(List<String> names) implements StaticServiceLoader<Object> {

        @Override
        public Stream<StaticDefinition<Object>> findAll(Predicate<String> condition) {
            return new Listed(names).findAll(condition);
        }

        @Override
        public List<Object> load(Predicate<Object> predicate) {
            List<Object> found = new ArrayList<>(names.size());
            for (String name : names) {
                LazyIntrospection lazy = LazyIntrospection.of(name);
                if (lazy != null) {
                    found.add(lazy);
                } else {
                    found.addAll(new Listed(List.of(name)).load(predicate));
                }
            }
            return found;
        }
    }

    /** Null where the class misses something optional. */
    static Object instance(String name) {
        try {
            return Class.forName(name, false, ServiceIndex.class.getClassLoader())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | NoClassDefFoundError e) {
            return null;
        }
    }
}
