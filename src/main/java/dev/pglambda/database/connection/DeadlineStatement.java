package dev.pglambda.database.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A statement of a {@link DeadlineConnection}. Keeps the deadline at each execution: a prepared statement may be executed
 * long after it was made, and many times.
 */
final class DeadlineStatement implements InvocationHandler {

    private static final System.Logger LOG = System.getLogger(DeadlineStatement.class.getName());

    private final Statement target;
    private final DeadlineConnection connection;

    private DeadlineStatement(Statement target, DeadlineConnection connection) {
        this.target = target;
        this.connection = connection;
    }

    /** The statement as this interface. */
    static Object of(Statement target, Class<?> type, DeadlineConnection connection) {
        return Proxy.newProxyInstance(
                DeadlineStatement.class.getClassLoader(),
                new Class<?>[] {type},
                new DeadlineStatement(target, connection));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (!name.startsWith("execute")) {
            return call(method, arguments);
        }
        connection.limit();
        return name.endsWith("Batch") && connection.deadline().isFinite()
                ? callWithin(connection.deadline().remaining(), method, arguments)
                : call(method, arguments);
    }

    /** The server applies its time-out to each statement of a batch, so the batch as a whole is cancelled from here. */
    private Object callWithin(Duration time, Method method, Object[] arguments) throws Throwable {
        Executor later = CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> cancellation = CompletableFuture.runAsync(this::cancel, later);
        try {
            return call(method, arguments);
        } finally {
            cancellation.cancel(false);
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void cancel() {
        try {
            target.cancel();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a batch was not cancelled; reading its results ends soon", e);
        }
    }
}
