package dev.pglambda.infra.operations;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Why a finding of cdk-nag is no mistake. It stands in the template, in the metadata of the resource. */
public record NagReason(String rule, List<Object> findings, String reason) {

    public static final NagReason TRACES = new NagReason(
            "AwsSolutions-IAM5",
            List.of("Resource::*"),
            "xray:PutTraceSegments and xray:PutTelemetryRecords know no resource: IAM takes only * for them.");

    public static final NagReason NETWORK_INTERFACES = new NagReason(
            "AwsSolutions-IAM5",
            List.of("Resource::*"),
            "Lambda attaches the function to the VPC with these EC2 actions, on interfaces whose ARNs nobody knows yet;"
                    + " a second statement denies them to the function's own code. The two X-Ray actions know no resource.");

    public static final NagReason DEFAULT_PORT = new NagReason(
            "AwsSolutions-RDS11",
            List.of(),
            "The port is not the protection: only the functions' security group reaches it, in subnets without a route"
                    + " to or from the internet, and every tool expects 5432.");

    public static final NagReason UNPROTECTED_ON_DEMAND = new NagReason(
            "AwsSolutions-RDS10",
            List.of(),
            "Whoever deploys has said protect=false, to be able to delete the cluster: it leaves a last snapshot.");

    public static final NagReason PROVIDER_VERSIONS = new NagReason(
            "AwsSolutions-IAM5",
            List.of(),
            "The provider framework may call the one function setup, in any version: the ARN that is known, and :*"
                    + " behind it.");

    public static final NagReason CDK_OWN_LOGGING_POLICY = new NagReason(
            "AwsSolutions-IAM4",
            List.of("Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
            "A function of CDK itself, whose role CDK makes: the managed policy lets it write its log and nothing else.");

    public static final NagReason CDK_OWN_RUNTIME = new NagReason(
            "AwsSolutions-L1",
            List.of(),
            "A function of CDK itself, whose runtime comes with the version of aws-cdk-lib and is renewed with it.");

    public static final NagReason IS_THE_DEAD_LETTER_QUEUE = new NagReason(
            "AwsSolutions-SQS3",
            List.of(),
            "This is the dead-letter queue, of functions: what lies in it has failed already and is kept for 14 days.");

    /** Suppresses the finding for the construct and its children. */
    public void explain(IConstruct construct) {
        NagPackSuppression.Builder suppression =
                NagPackSuppression.builder().id(rule).reason(reason);
        if (!findings.isEmpty()) {
            suppression.appliesTo(findings);
        }
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression.build()), true);
    }
}
