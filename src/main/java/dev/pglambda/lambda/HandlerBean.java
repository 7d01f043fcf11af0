package dev.pglambda.lambda;

import dev.pglambda.handler.EventHandler;
import dev.pglambda.handler.Handler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The handler bean of an application, with the types in its bean definition.
 *
 * @param type the class of the handler
 * @param input the type that it takes, with all type arguments
 * @param output the type that it returns, with all type arguments
 */
record HandlerBean(Object instance, Class<?> type, Argument<?> input, Argument<?> output) {

    /**
     * The only handler of an application. Throws {@link IllegalStateException} when there is none, or more than one.
     */
    static HandlerBean only(ApplicationContext context) {
        List<BeanDefinition<?>> definitions = definitions(context);
        if (definitions.isEmpty()) {
            throw new IllegalStateException("this application has no bean of type " + Handler.class.getName()
                    + ": annotate the handler's class with @Singleton, and let io.micronaut:micronaut-inject-java run as an"
                    + " annotation processor when it is compiled");
        }
        if (definitions.size() > 1) {
            String names = definitions.stream()
                    .map(definition -> definition.getBeanType().getName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new IllegalStateException("this application has more than one handler: " + names
                    + ". A function has one; put the others into functions of their own");
        }
        return of(context, definitions.get(0));
    }

    /** All handlers of an application. */
    static List<BeanDefinition<?>> definitions(ApplicationContext context) {
        List<BeanDefinition<?>> definitions = new ArrayList<>();
        definitions.addAll(context.getBeanDefinitions(Handler.class));
        definitions.addAll(context.getBeanDefinitions(EventHandler.class));
        return definitions;
    }

    /** The handler of this class. */
    static HandlerBean of(ApplicationContext context, Class<?> handler) {
        return of(context, context.getBeanDefinition(handler));
    }

    private static HandlerBean of(ApplicationContext context, BeanDefinition<?> definition) {
        Class<?> contract =
                Handler.class.isAssignableFrom(definition.getBeanType()) ? Handler.class : EventHandler.class;
        List<Argument<?>> types = definition.getTypeArguments(contract);
        if (types.size() != 2) {
            throw new IllegalStateException(
                    definition.getBeanType().getName() + " does not say what it takes and returns:"
                            + " write the types, as in implements " + contract.getSimpleName() + "<Order, Quote>");
        }
        return new HandlerBean(context.getBean(definition), definition.getBeanType(), types.get(0), types.get(1));
    }

    /**
     * The function's name as derived from the class: price_order for {@code PriceOrder} and {@code PriceOrderHandler}.
     */
    String derivedName() {
        String simple = type.getSimpleName().replaceFirst("(?<=.)Handler$", "");
        return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
