package dev.pglambda.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Why a finding of cdk-nag stands, beside what it is about. */
record Reasons(String rule, List<Object> findings, String reason) {

    static final Reasons TRACES = new Reasons(
            "AwsSolutions-IAM5",
            List.of("Resource::*"),
            "xray:PutTraceSegments and xray:PutTelemetryRecords know no resource: IAM takes only * for them.");

    static final Reasons NETWORK_INTERFACES = new Reasons(
            "AwsSolutions-IAM5",
            List.of("Resource::*"),
            "Lambda attaches the function to the VPC with these EC2 actions, on interfaces whose ARNs nobody knows yet;"
                    + " a second statement denies them to the function's own code. The two X-Ray actions know no resource.");

    static final Reasons DEFAULT_PORT = new Reasons(
            "AwsSolutions-RDS11",
            List.of(),
            "The port is not the protection: only the functions' security group reaches it, in subnets without a route"
                    + " to or from the internet, and every tool expects 5432.");

    static final Reasons UNPROTECTED_ON_DEMAND = new Reasons(
            "AwsSolutions-RDS10",
            List.of(),
            "Whoever deploys has said protect=false, to be able to delete the cluster: it leaves a last snapshot.");

    static final Reasons PROVIDER_VERSIONS = new Reasons(
            "AwsSolutions-IAM5",
            List.of(),
            "The provider framework may call the one function setup, in any version: the ARN that is known, and :*"
                    + " behind it.");

    static final Reasons CDK_OWN_LOGGING_POLICY = new Reasons(
            "AwsSolutions-IAM4",
            List.of("Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
            "A function of CDK itself, whose role CDK makes: the managed policy lets it write its log and nothing else.");

    static final Reasons CDK_OWN_RUNTIME = new Reasons(
            "AwsSolutions-L1",
            List.of(),
            "A function of CDK itself, whose runtime comes with the version of aws-cdk-lib and is renewed with it.");

    static final Reasons IS_THE_DEAD_LETTER_QUEUE = new Reasons(
            "AwsSolutions-SQS3",
            List.of(),
            "This is the dead-letter queue, of functions: what lies in it has failed already and is kept for 14 days.");

    /** For the construct and what is in it. */
    static void explain(IConstruct construct, Reasons reason) {
        NagPackSuppression.Builder suppression =
                NagPackSuppression.builder().id(reason.rule()).reason(reason.reason());
        if (!reason.findings().isEmpty()) {
            suppression.appliesTo(reason.findings());
        }
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression.build()), true);
    }
}
