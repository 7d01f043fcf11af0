package dev.pglambda.bench.schemas;

import dev.pglambda.call.Payload;
import dev.pglambda.handler.Handler;
import dev.pglambda.lambda.LambdaFunction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures warm handlers from the bytes of a request to those of its reply, without a runtime client or SQL: an item of 1 KB
 * against a schema of 2 KB, and through an expression; one by one, and a thousand in a batch.
 */
public final class HandlerSpeed {

    private static final int SINGLES = 20_000;
    private static final int BATCHES = 60;
    private static final int BATCH_ITEMS = 1_000;
    private static final int ROUNDS = 3;

    private HandlerSpeed() {}

    public static void main(String[] arguments) throws Exception {
        try (ApplicationContext context = ApplicationContext.run()) {
            String schema = "{\"schema\": " + schema() + "}";
            System.out.printf("item %d bytes, schema %d bytes%n", item(1).length(), schema().length());
            measure("validate, schema", function(context, "ValidateHandler"), schema);
            measure("validate, no schema", function(context, "ValidateHandler"), "{}");
            measure(
                    "transform, expression",
                    function(context, "TransformHandler"),
                    "{\"expression\": \"{'name': customer.name, 'total': $sum(lines.(price * pieces)), 'pieces':"
                            + " $count(lines)}\"}");
        }
    }

    private static LambdaFunction function(ApplicationContext context, String handler) {
        Class<?> type = context.getBeanDefinitions(Handler.class).stream()
                .map(BeanDefinition::getBeanType)
                .filter(bean -> bean.getSimpleName().equals(handler))
                .findFirst()
                .orElseThrow();
        return new LambdaFunction(context, type);
    }

    private static void measure(String name, LambdaFunction function, String options) throws Exception {
        Payload single = Payload.of("{\"options\": " + options + ", \"data\": " + item(1) + "}");
        Payload batch = Payload.of(IntStream.range(0, BATCH_ITEMS)
                .mapToObj(HandlerSpeed::item)
                .collect(Collectors.joining(",", "{\"options\": " + options + ", \"batch\": [", "]}")));
        singles(function, single);
        perSecond(function, batch, 1);
        List<Double> medians = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            medians.add(singles(function, single));
            one.add(perSecond(function, batch, 1));
            all.add(perSecond(function, batch, Runtime.getRuntime().availableProcessors()));
        }
        System.out.printf(
                Locale.ROOT,
                "%-24s one item %.1f µs; batches of %d: %.0f items/s on one thread, %.0f on %d%n",
                name,
                median(medians),
                BATCH_ITEMS,
                median(one),
                median(all),
                Runtime.getRuntime().availableProcessors());
    }

    /** The median of one call, in microseconds. */
    private static double singles(LambdaFunction function, Payload request) {
        double[] times = new double[SINGLES];
        for (int i = 0; i < SINGLES; i++) {
            long start = System.nanoTime();
            requireResult(function.execute(request));
            times[i] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(times);
        return times[SINGLES / 2];
    }

    private static double perSecond(LambdaFunction function, Payload batch, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Void> work = () -> {
                for (int i = 0; i < BATCHES / threads; i++) {
                    requireResult(function.execute(batch));
                }
                return null;
            };
            long start = System.nanoTime();
            for (Future<Void> done : executor.invokeAll(Collections.nCopies(threads, work))) {
                done.get();
            }
            return BATCHES / threads * threads * BATCH_ITEMS / ((System.nanoTime() - start) / 1e9);
        } finally {
            executor.shutdown();
        }
    }

    private static void requireResult(Payload reply) {
        if (new String(reply.json(), 0, 9, StandardCharsets.UTF_8).startsWith("{\"error\"")) {
            throw new IllegalStateException("it answered " + reply);
        }
    }

    private static String item(int id) {
        return "{\"id\": " + id + ", \"value\": \"order\", \"customer\": {\"name\": \"Ann Lee\", \"email\":"
                + " \"ann@example.com\"}, \"lines\": "
                + IntStream.range(0, 15)
                        .mapToObj(line -> "{\"product\": \"product number " + line + "\", \"pieces\": " + (line + 1)
                                + ", \"price\": " + (line * 3 + 1) + ".25}")
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String schema() {
        return "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"type\": \"object\", \"required\": [\"id\","
                + " \"value\", \"customer\", \"lines\"], \"properties\": {\"id\": {\"type\": \"integer\", \"minimum\": 0},"
                + " \"value\": {\"type\": \"string\", \"minLength\": 1}, \"customer\": {\"$ref\": \"#/$defs/customer\"},"
                + " \"lines\": {\"type\": \"array\", \"maxItems\": 100, \"items\": {\"$ref\": \"#/$defs/line\"}}},"
                + " \"$defs\": {\"customer\": {\"type\": \"object\", \"required\": [\"name\"], \"properties\": {\"name\":"
                + " {\"type\": \"string\"}, \"email\": {\"type\": \"string\", \"pattern\": \"^[^@]+@[^@]+$\"}}},"
                + " \"line\": {\"type\": \"object\", \"required\": [\"product\", \"pieces\", \"price\"], \"properties\":"
                + " {\"product\": {\"type\": \"string\", \"maxLength\": 100}, \"pieces\": {\"type\": \"integer\","
                + " \"minimum\": 1}, \"price\": {\"type\": \"number\", \"exclusiveMinimum\": 0, \"multipleOf\": 0.01}}}},"
                + " \"description\": \"" + "An order and its lines. ".repeat(54) + "\"}";
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
