package dev.pglambda.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes each event as one line: time, level, logger, message, the facts of the current call (SLF4J's MDC), and the
 * stack trace as one text. Thread-safe: a line is one write.
 */
final class JsonLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final Level threshold;
    private final transient Supplier<Map<String, String>> facts;
    private final transient Consumer<String> out;

    JsonLogger(String name, Level threshold, Supplier<Map<String, String>> facts, Consumer<String> out) {
        this.name = name;
        this.threshold = threshold;
        this.facts = facts;
        this.out = out;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
        JsonLine line = new JsonLine()
                .add("timestamp", Instant.now().toString())
                .add("level", level.name())
                .add("logger", name)
                .add("message", MessageFormatter.basicArrayFormat(pattern, arguments));
        Map<String, String> known = facts.get();
        if (known != null) {
            known.forEach(line::add);
        }
        if (failure != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            line.add("error", failure.getClass().getName()).add("stackTrace", trace.toString());
        }
        out.accept(line.end());
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null; // only providers that print the place in the source need it
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= threshold.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }
}
