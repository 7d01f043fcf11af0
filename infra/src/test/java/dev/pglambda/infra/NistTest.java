package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What cdk-nag's rules for NIST 800-53 (revision 5) find, and why each of them is not followed here. */
@NeedsNode
class NistTest {

    private static final Pattern RULE = Pattern.compile("NIST\\.800\\.53\\.R5-(\\w+)");

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry(
                    "CloudWatchLogGroupEncrypted",
                    "Logs are encrypted with CloudWatch's own key; a key costs, and is its owner's."),
            Map.entry(
                    "EC2RestrictedCommonPorts",
                    "cdk-nag cannot read the port of a proxy, which is a reference: NetworkTest looks at each rule."),
            Map.entry("EC2RestrictedSSH", "The same port that cdk-nag cannot read."),
            Map.entry(
                    "IAMNoInlinePolicy",
                    "A policy of one role belongs to it, and goes with it; a managed one could be attached elsewhere."),
            Map.entry(
                    "LambdaConcurrency",
                    "A new account has no executions that could be reserved; reservedConcurrency does it."),
            Map.entry(
                    "LambdaDLQ",
                    "Monitor runs again in a minute; CloudFormation waits for setup, and sees that it fails."),
            Map.entry(
                    "LambdaInsideVPC",
                    "A function without a database needs nothing in a VPC, and starts sooner outside of it."),
            Map.entry(
                    "RDSEnhancedMonitoringEnabled",
                    "Performance Insights and the alarms tell what a caller notices; this costs by the log."),
            Map.entry(
                    "RDSInBackupPlan",
                    "RDS keeps backups for 14 days, by itself; a plan is the account's, not one stack's."),
            Map.entry(
                    "RDSInstanceDeletionProtectionEnabled",
                    "The last resource of the stack protects the server: see DeletionProtection."),
            Map.entry(
                    "RDSLoggingEnabled",
                    "The log that PostgreSQL has is exported; the rule also wants upgrades, which are no continuous log."),
            Map.entry("RDSMultiAZSupport", "standby=true doubles the price, so whoever deploys says it."),
            Map.entry(
                    "SNSEncryptedKMS",
                    "Alarms contain names and numbers; CloudWatch could not publish with AWS's own key."),
            Map.entry(
                    "SecretsManagerUsingKMSKey",
                    "Secrets are encrypted with AWS's own key, which no other account can use."),
            Map.entry(
                    "VPCDefaultSecurityGroupClosed",
                    "Nobody is in that group; closing it takes a function that may change groups."));

    @Test
    void each_rule_that_is_not_followed_has_a_reason_and_each_reason_a_finding() {
        List<String> findings = Synthesis.VARIANTS.stream()
                .flatMap(variant -> Synthesis.nist(variant).stream())
                .toList();
        Set<String> rules = findings.stream()
                .flatMap(finding -> RULE.matcher(finding).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(rules).containsExactlyInAnyOrderElementsOf(REASONS.keySet());
    }
}
