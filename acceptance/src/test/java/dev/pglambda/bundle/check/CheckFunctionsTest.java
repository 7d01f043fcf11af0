package dev.pglambda.bundle.check;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows of pglambda.check about registered functions. */
class CheckFunctionsTest extends CheckFixture {

    @Test
    void time_out_longer_than_the_setting_is_registered_with_the_setting() {
        master.execute("select pglambda.register('process', 'process:live', 'us-east-1', timeout_ms => 20000,"
                + " max_batch_items => 7, max_concurrency => 3, max_attempts => 2)");
        repair("time-out of process", "20000 ms, and aws_lambda waits 10000");
        assertThat(master.value("select f::text from pglambda.functions f where name = 'process'"))
                .isEqualTo("(process,,process,us-east-1,live,10000,7,3,2,t)");
    }

    @Test
    void function_that_lambda_does_not_know_is_registered_under_its_name_there() {
        LAMBDA.answers(only(request -> !request.functionName().equals("transform")));
        Finding unknown = finding("function transform");
        assertThat(unknown.detail()).contains("ResourceNotFoundException: Function not found: transform");
        assertThat(unknown.hint())
                .isEqualTo("select pglambda.register('transform', '<its name or ARN>');  -- or deploy it");
        perform(unknown.hint().replace("<its name or ARN>", "validate"));
        assertThat(failing()).isEmpty();
    }

    @Test
    void qualifier_that_lambda_does_not_know_is_left_out_or_becomes_live() {
        master.execute("select pglambda.register('process', 'process:gone')");
        LAMBDA.answers(
                only(request -> !Set.of("gone").contains(request.qualifier().orElse(""))));
        repair("qualifier of process", "Lambda has no version or alias 'gone' of it");
        assertThat(qualifierOfProcess()).isEqualTo("live");

        LAMBDA.answers(only(request ->
                !request.functionName().equals("process") || request.qualifier().isEmpty()));
        repair("qualifier of process", "Lambda has no version or alias 'live' of it");
        assertThat(qualifierOfProcess()).isNull();
        assertThat(finding("qualifier of process").detail())
                .isEqualTo("none, and it has no alias live: SnapStart would need one");
    }

    @Test
    void function_with_an_alias_and_no_qualifier_gets_the_alias() {
        master.execute("select pglambda.register('process', qualifier => '')");
        repair("qualifier of process", "none, so SnapStart has no effect");
        assertThat(qualifierOfProcess()).isEqualTo("live");
    }

    @Test
    void function_that_the_database_may_not_call_needs_a_policy() {
        master.execute(
                "select pglambda.register('process', 'arn:aws:lambda:us-east-1:123456789012:function:process:live')");
        LAMBDA.refuses("AccessDeniedException", 403, "User is not authorized to perform: lambda:InvokeFunction");
        assertThat(finding("function process").hint())
                .startsWith("aws iam put-role-policy ")
                .contains("\"Resource\": \"arn:aws:lambda:us-east-1:123456789012:function:process:live\"");
        assertThat(finding("function validate").hint())
                .contains("\"Resource\": \"arn:aws:lambda:*:*:function:validate:live\"");
        repair("function process", "AccessDeniedException: User is not authorized");
    }

    @Test
    void unreachable_lambda_needs_an_endpoint_and_takes_two_seconds_for_each_function() {
        FUNCTIONS.subList(1, 3).forEach(name -> master.execute("select pglambda.unregister('" + name + "')"));
        LAMBDA.neverAnswers();
        long start = System.nanoTime();
        Finding unreachable = finding("function process");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
        assertThat(unreachable.detail()).contains("Timeout was reached");
        assertThat(unreachable.hint()).startsWith("aws ec2 create-vpc-endpoint ");
        perform(unreachable.hint());
        assertThat(failing()).isEmpty();
    }

    @Test
    void disabled_function_is_not_asked_about() {
        master.execute("select pglambda.disable('process')");
        assertThat(finding("function process")).isEqualTo(new Finding("function process", true, "disabled", null));
        assertThat(LAMBDA.requests())
                .noneMatch(request -> request.functionName().equals("process"));
    }

    private String qualifierOfProcess() {
        return master.value("select qualifier from pglambda.functions where name = 'process'");
    }
}
