package dev.pglambda.infra.database;

import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/** A database server of this stack. */
public abstract class NewDatabase extends Construct {

    NewDatabase(Construct scope) {
        super(scope, "Database");
    }

    /** For the functions that are installed. */
    public abstract TargetDatabase target();

    /** Adds its alarms. */
    public abstract void watch(ITopic topic);
}
