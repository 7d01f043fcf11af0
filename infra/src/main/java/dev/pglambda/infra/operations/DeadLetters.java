package dev.pglambda.infra.operations;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The queue for the payloads of failed asynchronous calls. */
public final class DeadLetters {

    private DeadLetters() {}

    /** The queue, with an alarm when it is not empty. */
    public static Queue in(Construct scope, ITopic alarms) {
        Queue queue = Queue.Builder.create(scope, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        NagReason.IS_THE_DEAD_LETTER_QUEUE.explain(queue);
        FunctionAlarms.alarm(
                        scope,
                        "DeadLettersAlarm",
                        queue.metricApproximateNumberOfMessagesVisible(FunctionAlarms.over("Maximum")),
                        1,
                        "Calls that nobody waited for have failed three times: their payloads are in the queue.")
                .addAlarmAction(new SnsAction(alarms));
        return queue;
    }
}
