package dev.pglambda.handler;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Rehearses a call before SnapStart takes its picture, so that the copies that are restored from it have the path of a call
 * loaded, linked and compiled. Registered after the database layer's hooks, so that it runs before them: they then close
 * what the rehearsal has opened, and forget its credentials.
 *
 * <p>Nothing of ours has to be made anew afterwards: a call's id is drawn when it comes, from Lambda or from a generator
 * that Lambda's Java runtime seeds anew. Keep this object: CRaC's contexts hold resources weakly.
 */
final class SnapStart implements Resource {

    private final Runnable rehearsal;

    private SnapStart(Runnable rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** Whether Lambda is going to take a picture. Elsewhere, CRaC's classes are not even loaded. */
    static boolean isWanted() {
        return "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    static SnapStart register(Runnable rehearsal) {
        SnapStart snapStart = new SnapStart(rehearsal);
        Core.getGlobalContext().register(snapStart);
        return snapStart;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        rehearsal.run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // see above
    }
}
