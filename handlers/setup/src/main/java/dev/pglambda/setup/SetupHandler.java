package dev.pglambda.setup;

import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.EventHandler;
import jakarta.inject.Singleton;

/**
 * Function {@code setup}: takes a CloudFormation custom-resource event, as the provider framework of the CDK passes it on,
 * or the same typed by hand. Throws every failure, because CloudFormation takes an exception as a failure.
 */
@Singleton
class SetupHandler implements EventHandler<SetupEvent, SetupReply> {

    private final Setup setup;

    SetupHandler(Setup setup) {
        this.setup = setup;
    }

    @Override
    public SetupReply handle(SetupEvent event, Deadline deadline) {
        return setup.perform(event, deadline);
    }
}
