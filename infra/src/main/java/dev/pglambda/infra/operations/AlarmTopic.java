package dev.pglambda.infra.operations;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The topic of all alarms. */
public final class AlarmTopic {

    private AlarmTopic() {}

    /** Takes alarms of this account only. */
    public static Topic in(Construct scope, Optional<String> email) {
        Topic topic = Topic.Builder.create(scope, "Alarms").enforceSsl(true).build();
        // Without this, CloudWatch could not publish: enforceSsl replaces the default policy of a topic.
        topic.grantPublish(new PrincipalWithConditions(
                new ServicePrincipal("cloudwatch.amazonaws.com"),
                Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(scope).getAccount()))));
        email.ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }
}
