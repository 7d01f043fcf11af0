package dev.pglambda.handler;

import io.micronaut.context.DefaultApplicationContextBuilder;
import io.micronaut.context.env.CachedEnvironment;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the application context of a function on Lambda. Beans are made when they are wanted, not all at once; the
 * environment is known and not guessed; files of configuration are read where there are any.
 */
final class FunctionContextBuilder extends DefaultApplicationContextBuilder {

    FunctionContextBuilder() {
        environments(Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA);
        deduceEnvironment(false);
        bootstrapEnvironment(false);
        banner(false);
        if (!hasConfiguration()) {
            enableDefaultPropertySources(false);
            propertySources(new EnvironmentPropertySource(), new SystemPropertiesPropertySource());
        }
    }

    /** The one that Micronaut makes for itself: one context, so no need of a second with hundreds of converters. */
    @Override
    public Optional<MutableConversionService> getConversionService() {
        return Optional.of((MutableConversionService) ConversionService.SHARED);
    }

    /** Looking for every file that Micronaut might read costs more than to see whether there is one. */
    private static boolean hasConfiguration() {
        ClassLoader classes = FunctionContextBuilder.class.getClassLoader();
        return CachedEnvironment.getenv("MICRONAUT_CONFIG_FILES") != null
                || CachedEnvironment.getenv("MICRONAUT_ENVIRONMENTS") != null
                || Stream.of("properties", "yml", "yaml", "json", "toml")
                        .anyMatch(format -> classes.getResource("application." + format) != null);
    }
}
