package dev.pglambda.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Gives SLF4J the loggers of this package. Found by {@link java.util.ServiceLoader}; thread-safe. Writes, of every logger,
 * events from the level in {@code AWS_LAMBDA_LOG_LEVEL}, which Lambda sets for a function with JSON logs; from INFO where it
 * is not set.
 */
public final class JsonLogging implements SLF4JServiceProvider {

    private final MDCAdapter facts = new BasicMDCAdapter();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private Level threshold = Level.INFO;

    /** By {@link java.util.ServiceLoader}. */
    public JsonLogging() {}

    @Override
    public void initialize() {
        threshold = level(System.getenv("AWS_LAMBDA_LOG_LEVEL"));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, this::logger);
    }

    private Logger logger(String name) {
        return new JsonLogger(name, threshold, facts::getCopyOfContextMap, line -> System.err.print(line));
    }

    /** Lambda also knows FATAL, which SLF4J does not. */
    static Level level(String name) {
        if (name == null || name.isEmpty()) {
            return Level.INFO;
        }
        for (Level level : Level.values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        return name.equals("FATAL") ? Level.ERROR : Level.INFO;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return facts;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
