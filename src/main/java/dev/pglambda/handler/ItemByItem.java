package dev.pglambda.handler;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the items of one batch one after another, so that none fails another. */
final class ItemByItem<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(Handler.class);

    private final Handler<I, O> handler;
    private final Call call;
    private final Deadline last;

    ItemByItem(Handler<I, O> handler, Call call) {
        this.handler = handler;
        this.call = call;
        this.last = call.itemDeadline();
    }

    List<Outcome<O>> handle(List<I> items) {
        List<Outcome<O>> outcomes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            outcomes.add(last.isExpired() ? notBegun() : one(items.get(i), call.ofItem(i)));
        }
        return outcomes;
    }

    private Outcome<O> one(I item, Call itemCall) {
        try {
            return Outcome.success(handler.handle(item, itemCall));
        } catch (HandlerException expected) {
            return Outcome.failure(expected);
        } catch (RuntimeException bug) {
            // Thrown, it would fail the other items too.
            LOG.error("A bug of the handler failed one item of a batch, call {}", itemCall.id(), bug);
            return Outcome.failure(HandlerException.bug(bug, itemCall.id()));
        }
    }

    private static <O> Outcome<O> notBegun() {
        return Outcome.failure(new HandlerException(
                SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                "the time of the call was over before this item's turn",
                "",
                "Send fewer items in one call, or raise the time-out."));
    }
}
