package dev.pglambda.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Gives SLF4J the loggers of this package. Found by {@link java.util.ServiceLoader}; thread-safe.
 *
 * <p>What our own classes say is written from the level in {@code AWS_LAMBDA_LOG_LEVEL}, which Lambda sets for a function
 * with JSON logs, or else from INFO; what libraries say, from WARN, or that level if it is higher.
 */
public final class JsonLogging implements SLF4JServiceProvider {

    private static final String OURS = "dev.pglambda";

    private final MDCAdapter facts = new BasicMDCAdapter();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private Level ours = Level.INFO;

    /** By {@link java.util.ServiceLoader}. */
    public JsonLogging() {}

    @Override
    public void initialize() {
        ours = level(System.getenv("AWS_LAMBDA_LOG_LEVEL"));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name ->
                new JsonLogger(name, threshold(name), facts::getCopyOfContextMap, line -> System.err.print(line));
    }

    private Level threshold(String logger) {
        boolean own = logger.startsWith(OURS);
        return own || ours.toInt() > Level.WARN.toInt() ? ours : Level.WARN;
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
