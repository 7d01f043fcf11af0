package dev.pglambda.lambda;

import java.util.Optional;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rehearses a call before the SnapStart snapshot, so that the environments that are restored from it have the code of a call
 * loaded, linked and compiled. Registered after the database layer's hook, so that it runs before it: the hook then closes
 * the connections that the rehearsal has opened, and forgets the credentials.
 *
 * <p>Nothing has to be renewed after the restore: a call's id comes from Lambda, or from a generator that Lambda's Java
 * runtime seeds again. Keep the object: CRaC's contexts hold resources weakly.
 */
final class SnapStartRehearsal implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(SnapStartRehearsal.class);

    private final FunctionService service;

    private SnapStartRehearsal(FunctionService service) {
        this.service = service;
    }

    /** Registers a rehearsal if Lambda is going to take a snapshot. Otherwise CRaC's classes are not loaded. */
    static Optional<SnapStartRehearsal> register(FunctionService service) {
        return isSnapStart() ? Optional.of(registered(service)) : Optional.empty();
    }

    static boolean isSnapStart() {
        return "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    static SnapStartRehearsal registered(FunctionService service) {
        SnapStartRehearsal rehearsal = new SnapStartRehearsal(service);
        Core.getGlobalContext().register(rehearsal);
        return rehearsal;
    }

    /** A rehearsal that fails must not fail the deployment: the first calls take longer. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        try {
            service.rehearse();
        } catch (RuntimeException e) {
            LOG.warn("The rehearsal of {} failed: its first calls will take longer", service.name(), e);
        }
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        // see above
    }
}
