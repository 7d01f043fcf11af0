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

    public static final NagReason PROTECTED_LATER = new NagReason(
            "AwsSolutions-RDS10",
            List.of(),
            "The last resource of the stack, Custom::DeletionProtection, protects it, unless whoever deploys says"
                    + " protect=false: protected from the start, a first deployment that fails could not be rolled back.");

    public static final NagReason NO_STANDBY = new NagReason(
            "AwsSolutions-RDS3",
            List.of(),
            "Whoever deploys has not asked for a standby in another zone, which doubles the price: standby=true does.");

    public static final NagReason OPEN_TO_THE_VPC = new NagReason(
            "AwsSolutions-EC23",
            List.of(),
            "The endpoint answers for its service in the whole VPC, which is not this stack's: a narrower rule would cut"
                    + " off others. It has private addresses only, and each caller needs its permissions as before.");

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
