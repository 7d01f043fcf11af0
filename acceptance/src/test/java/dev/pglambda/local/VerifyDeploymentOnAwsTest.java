package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/verify-deployment} with an AWS CLI that answers as AWS would: all ten checks, with SQL by the Data API.
 */
class VerifyDeploymentOnAwsTest {

    private static final String AWS = """
            #!/usr/bin/env bash
            reply() { printf '%%s' "$1" >"$last"; echo '{"StatusCode": 200}'; }
            last=${!#}
            case "$*" in
            *FunctionNames*) echo shop-process,shop-transform,shop-validate ;;
            *DatabaseArn*) echo arn:aws:rds:eu-west-1:123456789012:cluster:shop ;;
            *SecretArn*) echo arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop ;;
            *DatabaseName*) echo app ;;
            *StackStatus*) printf 'UPDATE_COMPLETE\\tprotected\\n' ;;
            *HttpEndpointEnabled*) echo True ;;
            *"get-function-configuration --function-name shop-validate "*) printf '%s\\tSuccessful\\tOn\\n' ;;
            *get-function-configuration*) printf 'Active\\tSuccessful\\tOn\\n' ;;
            *"--function-name shop-transform "*) reply '{"result": {"uppercase": "HELLO"}}' ;;
            *"--function-name shop-validate "*) reply '{"result": {"isValid": false}}' ;;
            *"--function-name shop-process "*) reply '{"error": {"sqlstate": "22023"}}' ;;
            *"--function-name shop-monitor "*) reply '{"lines": 1}' ;;
            *execute-statement*--database\\ app*transform_data*) echo HELLO ;;
            *execute-statement*check*) echo nothing ;;
            *execute-statement*shobj_description*) echo '2 logins: shop-monitor, shop-process' ;;
            *describe-alarms*) echo 'in alarm: %s' ;;
            *) echo "no answer to $*" >&2; exit 1 ;;
            esac
            """;

    @TempDir
    private Path folder;

    @Test
    void a_deployment_that_works_passes_all_ten() throws Exception {
        Command verified = verify("Active", "");
        assertThat(verified.out()).contains("10 of 10 are right, 0 failed, 0 could not be checked");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    void a_version_without_its_snapshot_and_an_alarm_are_told() throws Exception {
        Command verified = verify("Inactive", "shop-SetupFailedAlarm");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out())
                .containsPattern("failed +each alias live has an active version .*1 Inactive")
                .containsPattern("failed +no alarm is on +in alarm: shop-SetupFailedAlarm")
                .contains("8 of 10 are right, 2 failed, 0 could not be checked");
    }

    private Command verify(String state, String alarm) throws Exception {
        Path aws = folder.resolve("aws");
        Files.writeString(aws, AWS.formatted(state, alarm));
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwx------"));
        return Command.run(
                folder,
                "env",
                "PATH=" + folder + ":" + System.getenv("PATH"),
                Path.of("../bin/verify-deployment").toAbsolutePath().normalize().toString(),
                "--stack",
                "shop");
    }
}
