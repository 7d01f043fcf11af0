package dev.pglambda.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.BootstrapPropertySourceLocator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Keeps remote configuration that Micronaut reads when it starts, such as secrets, out of SnapStart snapshots. A
 * function with Micronaut's configuration client on its class path starts its handler after the restore, and the first
 * call waits for that. {@code PGLAMBDA_CONFIGURATION_IN_SNAPSHOT=true} starts the handler before the snapshot instead.
 */
final class RemoteConfiguration implements Resource {

    private static final String IN_SNAPSHOT = "PGLAMBDA_CONFIGURATION_IN_SNAPSHOT";

    private static volatile boolean restored;

    private final Runnable restart;

    private RemoteConfiguration(Runnable restart) {
        this.restart = restart;
    }

    /** Whether Micronaut may read remote configuration now. */
    static boolean mayBeRead() {
        return restored || !SnapStartRehearsal.isSnapStart() || Boolean.parseBoolean(System.getenv(IN_SNAPSHOT));
    }

    /** Whether this application has a configuration client that must not be used before the snapshot. */
    static boolean waitsForRestore(ApplicationContext context) {
        return !mayBeRead()
                && context.getBeanDefinitionReferences().stream()
                        .anyMatch(bean -> BootstrapPropertySourceLocator.class.isAssignableFrom(bean.getBeanType()));
    }

    static RemoteConfiguration afterRestore(Runnable restart) {
        RemoteConfiguration hook = new RemoteConfiguration(restart);
        Core.getGlobalContext().register(hook);
        return hook;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        // nothing has been read
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        restored = true;
        restart.run();
    }
}
