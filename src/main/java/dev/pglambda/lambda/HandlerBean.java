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
 * The bean that handles what comes, with the types that its definition says.
 *
 * @param type the class that the author has written
 * @param input what it takes, with all type arguments
 * @param output what it returns, with all type arguments
 */
record HandlerBean(Object instance, Class<?> type, Argument<?> input, Argument<?> output) {

    /** The only one of an application. {@link IllegalStateException} when there is none, or more than one. */
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

    /** All beans that handle something. */
    static List<BeanDefinition<?>> definitions(ApplicationContext context) {
        List<BeanDefinition<?>> definitions = new ArrayList<>();
        definitions.addAll(context.getBeanDefinitions(Handler.class));
        definitions.addAll(context.getBeanDefinitions(EventHandler.class));
        return definitions;
    }

    /** The one of this class. */
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

    /** The name that the class gives the function: {@code PriceOrder} and {@code PriceOrderHandler} are price_order. */
    String derivedName() {
        String simple = type.getSimpleName().replaceFirst("(?<=.)Handler$", "");
        return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
