package dev.pglambda.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pglambda.handler.HandlerException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureReportTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureReport.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final FailureReport report = new FailureReport("test");

    @BeforeEach
    void capture() {
        events.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(events);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }

    @Test
    void the_cause_of_a_callers_mistake_is_logged_at_debug_and_that_of_a_bug_as_an_error() {
        report.log(List.of(failure("22023")));
        report.log(List.of(failure("38000")));
        report.log(List.of(new HandlerException("22023", "without a cause")));
        assertThat(events.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.ERROR);
        assertThat(events.list)
                .allSatisfy(event ->
                        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("the item's text"));
    }

    private static HandlerException failure(String sqlState) {
        return new HandlerException(sqlState, "it failed").causedBy(new IllegalStateException("the item's text"));
    }
}
