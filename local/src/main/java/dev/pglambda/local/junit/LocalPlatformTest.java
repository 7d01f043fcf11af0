package dev.pglambda.local.junit;

import dev.pglambda.handler.Handler;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets a test call its handlers from real SQL. Stands above {@code @MicronautTest}: the handlers are beans of the test's
 * application context, so {@code @MockBean} and properties work, and the context's database layer comes back to the same
 * database. A test method takes a {@link Sql} as its parameter.
 *
 * <p>A mock replaces public methods only, whatever its class is; a test with a mock that would be ignored is refused.
 *
 * <p>The first test of a JVM waits a few seconds for PostgreSQL, each further class some 50 ms for its own database.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalPlatformExtension.class)
public @interface LocalPlatformTest {

    /** The handlers that SQL may call, each by its own name: beans of the test's context. */
    Class<? extends Handler<?, ?>>[] value();
}
