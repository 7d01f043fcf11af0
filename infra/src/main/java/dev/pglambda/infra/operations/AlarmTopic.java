package dev.pglambda.infra.operations;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go. */
public final class AlarmTopic {

    private AlarmTopic() {}

    /** A topic that takes alarms of this account only. */
    public static Topic in(Construct scope, Optional<String> email) {
        Topic topic = Topic.Builder.create(scope, "Alarms").enforceSsl(true).build();
        // A policy of our own takes the place of the one by which CloudWatch would be allowed to.
        topic.grantPublish(new PrincipalWithConditions(
                new ServicePrincipal("cloudwatch.amazonaws.com"),
                Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(scope).getAccount()))));
        email.ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }
}
