package dev.pglambda.bundle;

import static dev.pglambda.bundle.BundleServer.LAMBDA;
import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the doctor looks at is broken here once, and mended by the very statement that its hint says. */
class CheckTest {

    private static final List<String> FUNCTIONS = List.of("process", "transform", "validate");

    private BundleServer database;
    private Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        setting("aws_lambda.request_timeout_ms", "10000");
        master = database.as("master");
        for (String function : FUNCTIONS) {
            master.execute("select lambda.register('%1$s', '%1$s:live')".formatted(function));
        }
        LAMBDA.replies("{}");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void what_is_well_has_no_hint_and_the_order_is_fixed() {
        assertThat(findings().stream().map(Finding::item))
                .startsWith(
                        "extension aws_commons",
                        "extension aws_lambda",
                        "rights of lambda_owner",
                        "aws_lambda.request_timeout_ms",
                        "aws_lambda.connect_timeout_ms",
                        "function process",
                        "qualifier of process",
                        "time-out of process",
                        "function transform")
                .containsSequence(
                        "version",
                        "closed to public",
                        "aws_lambda for lambda_owner alone",
                        "search_path of functions",
                        "owner of the bundle",
                        "functions of the bundle",
                        "delivery",
                        "functions of durable calls",
                        "dead durable calls");
        assertThat(findings()).allMatch(Finding::ok).allMatch(f -> f.hint() == null && f.detail() != null);
    }

    @Test
    void no_function_runs() {
        findings();
        assertThat(LAMBDA.requests())
                .hasSameSizeAs(FUNCTIONS)
                .allMatch(request -> request.invocationType() == InvocationType.DRY_RUN);
    }

    @Test
    void extension_that_was_dropped_comes_back_with_its_rights() {
        master.execute("drop extension aws_lambda, aws_commons");
        assertThat(failing())
                .contains(
                        "extension aws_commons", "extension aws_lambda", "rights of lambda_owner", "function process");
        mend("extension aws_lambda", "not installed");
        assertThat(failing()).doesNotContain("extension aws_commons").contains("function process");
        mend("rights of lambda_owner", "it may not use function aws_commons.create_lambda_function_arn(text,text),");
        assertThat(failing()).isEmpty();
    }

    @Test
    void rights_and_extension_come_back_with_the_one_hint_of_a_function() {
        master.execute("drop extension aws_lambda, aws_commons");
        mend("function process", "schema \"aws_lambda\" does not exist");
        assertThat(failing()).isEmpty();
    }

    @Test
    void older_extension_is_updated() throws IOException {
        try (Sql superuser = database.asSuperuser()) {
            Path update = Path.of(superuser.value("select setting from pg_config() where name = 'SHAREDIR'"))
                    .resolve("extension/aws_lambda--0.1--1.0.sql");
            Files.writeString(update, "");
            try {
                superuser.execute("update pg_extension set extversion = '0.1' where extname = 'aws_lambda'");
                mend("extension aws_lambda", "version 0.1, and the server has 1.0");
            } finally {
                Files.delete(update);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage on schema aws_lambda",
                "usage on schema aws_commons",
                "execute on function aws_lambda.invoke(text, json, text, text, text, json, varchar)"
            })
    void right_that_lambda_owner_lost_is_granted(String right) {
        master.execute("revoke " + right + " from lambda_owner");
        mend("rights of lambda_owner", "it may not use ");
        assertThat(failing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aws_lambda.request_timeout_ms, '', 'a cold start'",
        "aws_lambda.request_timeout_ms, 3000, 'a cold start'",
        "aws_lambda.request_timeout_ms, soon, 'soon, so a call may take 3000 ms'",
        "aws_lambda.connect_timeout_ms, 0, '0, and it has to be'",
        "aws_lambda.connect_timeout_ms, 20000, 'what a call may take, 10000'",
        "aws_lambda.connect_timeout_ms, 1s, '1s, and it has to be'"
    })
    void setting_that_does_not_fit_is_set_in_the_parameter_group(String name, String value, String detail) {
        setting(name, value);
        mend(name, detail);
        assertThat(failing()).isEmpty();
    }

    @Test
    void time_out_that_the_setting_cuts_short_is_registered_as_it_is() {
        master.execute("select lambda.register('process', 'process:live', 'us-east-1', timeout_ms => 20000,"
                + " max_batch_items => 7, max_concurrency => 3, max_attempts => 2)");
        mend("time-out of process", "20000 ms, and aws_lambda waits 10000");
        assertThat(master.value("select f::text from lambda.functions f where name = 'process'"))
                .isEqualTo("(process,process,us-east-1,live,10000,7,t,3,2)");
    }

    @Test
    void function_that_lambda_does_not_know_is_unregistered() {
        LAMBDA.answers(only(request -> !request.functionName().equals("transform")));
        mend("function transform", "ResourceNotFoundException: Function not found: transform");
        assertThat(failing()).isEmpty();
        assertThat(master.values("select name from lambda.functions")).containsExactlyInAnyOrder("process", "validate");
    }

    @Test
    void qualifier_that_lambda_does_not_know_is_left_out_or_becomes_live() {
        master.execute("select lambda.register('process', 'process:gone')");
        LAMBDA.answers(
                only(request -> !Set.of("gone").contains(request.qualifier().orElse(""))));
        mend("qualifier of process", "Lambda has no version or alias 'gone' of it");
        assertThat(qualifierOfProcess()).isEqualTo("live");

        LAMBDA.answers(only(request ->
                !request.functionName().equals("process") || request.qualifier().isEmpty()));
        mend("qualifier of process", "Lambda has no version or alias 'live' of it");
        assertThat(qualifierOfProcess()).isNull();
        assertThat(finding("qualifier of process").detail())
                .isEqualTo("none, and it has no alias live: SnapStart would need one");
    }

    @Test
    void function_without_a_qualifier_that_has_an_alias_is_told_of_snapstart() {
        master.execute("select lambda.register('process', 'process')");
        mend("qualifier of process", "none, so SnapStart has no effect");
        assertThat(qualifierOfProcess()).isEqualTo("live");
    }

    @Test
    void function_that_the_database_may_not_call_needs_a_policy() {
        master.execute(
                "select lambda.register('process', 'arn:aws:lambda:us-east-1:123456789012:function:process:live')");
        LAMBDA.refuses("AccessDeniedException", 403, "User is not authorized to perform: lambda:InvokeFunction");
        assertThat(finding("function process").hint())
                .startsWith("aws iam put-role-policy ")
                .contains("[\"arn:aws:lambda:us-east-1:123456789012:function:process\",");
        assertThat(finding("function validate").hint()).contains("[\"arn:aws:lambda:*:*:function:validate\",");
        mend("function process", "AccessDeniedException: User is not authorized");
    }

    @Test
    void lambda_that_cannot_be_reached_needs_an_endpoint_and_costs_two_seconds_a_function() {
        FUNCTIONS.subList(1, 3).forEach(name -> master.execute("select lambda.unregister('" + name + "')"));
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
    void settings_are_left_as_they_were_also_in_the_transaction() {
        try (Sql operator = database.as("operator")) {
            for (String payload : List.of("well", "refused")) {
                LAMBDA.answers(only(request -> payload.equals("well")));
                operator.execute("begin");
                operator.values("select item from lambda.check()");
                assertThat(operator.value("show aws_lambda.request_timeout_ms")).isEqualTo("10000");
                operator.execute("commit");
            }
            operator.execute("set aws_lambda.request_timeout_ms = 700");
            operator.values("select item from lambda.check()");
            assertThat(operator.value("show aws_lambda.request_timeout_ms")).isEqualTo("700");
        }
    }

    @Test
    void disabled_function_is_not_asked_about() {
        master.execute("select lambda.register('process', 'process', enabled => false)");
        assertThat(finding("function process")).isEqualTo(new Finding("function process", true, "disabled", null));
        assertThat(LAMBDA.requests())
                .noneMatch(request -> request.functionName().equals("process"));
    }

    @Test
    void bundle_of_another_version_than_the_library_is_installed_again() {
        master.execute("update lambda.library set version = '9.9.9'");
        mend("version", "the bundle is 0.1.0, and the library that last installed one is 9.9.9");
    }

    @Test
    void bundle_that_only_psql_installed_is_fine() {
        BundleServer other = BundleServer.empty();
        try (Sql otherMaster = other.as("master")) {
            assertThat(Psql.install(other)).isEqualTo(new Psql(0, ""));
            assertThat(otherMaster.value("select detail from lambda.check() where item = 'version' and ok"))
                    .isEqualTo("the bundle is 0.1.0, installed by psql");
        } finally {
            other.drop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute on function process_data(jsonb)",
                "execute on function lambda.invoke(text, jsonb, jsonb)",
                "usage on schema lambda",
                "select on lambda.functions",
                "usage on schema aws_lambda",
                "execute on function aws_lambda.invoke(text, json, text, text, text, json, varchar)"
            })
    void what_is_open_to_public_is_closed(String right) {
        master.execute("grant " + right + " to public");
        mend("closed to public", "public has " + right.split(" ")[0] + " on ");
        assertThat(failing()).isEmpty();
    }

    @Test
    void application_that_was_given_aws_lambda_loses_it() {
        master.execute("""
                grant usage on schema aws_lambda to app, stranger;
                grant execute on all functions in schema aws_lambda to app""");
        mend("aws_lambda for lambda_owner alone", "also used by app, stranger");
        assertThat(failing()).isEmpty();
        assertThat(master.value("select has_schema_privilege('app', 'aws_lambda', 'usage')::text"))
                .isEqualTo("false");
    }

    @Test
    void search_path_that_was_reset_is_fixed() {
        master.execute("""
                alter function lambda.invoke(text, jsonb, jsonb) reset search_path;
                alter function public.process_data(jsonb) set search_path = public""");
        mend("search_path of functions", "not fixed: lambda.invoke(text,jsonb,jsonb), public.process_data(jsonb)");
        assertThat(failing()).isEmpty();
    }

    @Test
    void table_that_somebody_else_owns_goes_back() {
        master.execute("alter table lambda.functions owner to master");
        mend("owner of the bundle", "table lambda.functions is owned by master");
        assertThat(failing()).isEmpty();
    }

    /** Taken over by lambda_owner, what its owner wrote would run with the right to call aws_lambda. */
    @Test
    void function_that_somebody_else_owns_is_dropped_and_installed_again() {
        master.execute("""
                grant create on schema lambda to master;
                alter function lambda.max_bytes() owner to master;
                revoke create on schema lambda from master""");
        mend("owner of the bundle", "routine lambda.max_bytes() is owned by master");
        mend("functions of the bundle", "lambda.max_bytes() is missing");
        assertThat(failing()).isEmpty();
    }

    @Test
    void function_that_would_be_called_in_a_wrappers_place_is_dropped() {
        master.execute("create function public.process_data(text) returns text language sql as 'select $1'");
        mend("owner of the bundle", "routine public.process_data(text) is owned by master");
        assertThat(failing()).isEmpty();
    }

    @Test
    void function_that_was_changed_or_dropped_is_installed_again() {
        master.execute("""
                drop function public.transform_data(jsonb);
                set role lambda_owner;
                create or replace function lambda.max_bytes() returns integer language sql immutable
                    set search_path = pg_catalog, pg_temp as 'select 7'""");
        master.execute("reset role");
        mend("functions of the bundle", "lambda.max_bytes() was changed, transform_data(data jsonb) is missing");
        assertThat(failing()).isEmpty();
    }

    /** What is not in the list is not looked at, so that each of them has to be broken once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "process_data(data jsonb)",
                "process_data_batch(items jsonb[])",
                "process_data_async(data jsonb)",
                "transform_data(data jsonb)",
                "transform_data(data jsonb, expression text, bindings jsonb)",
                "transform_data_batch(items jsonb[])",
                "transform_data_batch(items jsonb[], expression text, bindings jsonb)",
                "transform_data_async(data jsonb)",
                "validate_data(data jsonb)",
                "validate_data(data jsonb, schema jsonb)",
                "validate_data_batch(items jsonb[])",
                "validate_data_batch(items jsonb[], schema jsonb)",
                "validate_data_async(data jsonb)",
                "is_valid(data jsonb, schema jsonb)",
            })
    void each_wrapper_has_its_owner_and_its_body(String wrapper) {
        String name = "public." + wrapper.replaceAll("(data|items|expression|bindings|schema) ", "");
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("alter function " + name + " owner to master");
            assertThat(finding("owner of the bundle").detail())
                    .isEqualTo("routine %s is owned by master".formatted(name.replace(", ", ",")));
            assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " is missing");
            superuser.execute("alter function " + name + " owner to lambda_owner");
            assertThat(failing()).isEmpty();
            superuser.execute("update pg_proc set prosrc = ' begin end ' where oid = '" + name + "'::regprocedure");
            assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " was changed");
            superuser.execute("drop function " + name);
        }
        assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " is missing");
    }

    @Test
    void function_of_that_name_that_nobody_calls_in_a_wrappers_place_is_left_alone() {
        master.execute("create function public.is_valid(text) returns boolean language sql as 'select true'");
        assertThat(failing()).isEmpty();
        master.execute("create function public.is_valid(text, text) returns boolean language sql as 'select true'");
        mend("owner of the bundle", "routine public.is_valid(text,text) is owned by master");
        assertThat(failing()).isEmpty();
    }

    @Test
    void wrappers_in_another_schema_are_as_installed() {
        master.execute("create schema app; alter function public.process_data(jsonb) set schema app");
        assertThat(failing()).isEmpty();
    }

    @Test
    void durable_call_that_is_late_is_delivered() {
        DurableFunction.on(LAMBDA);
        master.execute("select lambda.enqueue('process', '1')");
        assertThat(failing()).doesNotContain("delivery");
        master.execute("update lambda.outbox set due_at = now() - interval '6 minutes'");
        mend("delivery", "1 calls are late, the first since ");
        assertThat(failing()).doesNotContain("delivery");
    }

    @Test
    void durable_call_of_a_deliverer_that_is_gone_is_delivered() {
        DurableFunction.on(LAMBDA);
        master.execute("select lambda.enqueue('process', '1')");
        master.execute("update lambda.outbox set state = 'running', lease_until = now() - interval '2 minutes'");
        mend("delivery", "1 are of deliverers that are gone");
        assertThat(master.value("select state from lambda.outbox")).isEqualTo("done");
    }

    @Test
    void durable_calls_of_functions_that_cannot_be_called_wait_for_them() {
        master.execute("select lambda.enqueue('process', '1'), lambda.enqueue('validate', '1')");
        master.execute("select lambda.register('process', 'process:live', timeout_ms => 900, enabled => false),"
                + " lambda.unregister('validate')");
        mend("functions of durable calls", "1 calls wait for process, which is disabled");
        assertThat(master.value("select f::text from lambda.functions f where name = 'process'"))
                .isEqualTo("(process,process,,live,900,1000,t,,10)");
    }

    @Test
    void dead_durable_call_is_tried_again() {
        master.execute("select lambda.enqueue('process', '1')");
        master.execute("update lambda.outbox set state = 'dead', finished_at = now()");
        mend("dead durable calls", "1 were given up");
        assertThat(master.value("select state from lambda.outbox")).isEqualTo("waiting");
    }

    @Test
    void check_that_fails_itself_is_a_row_and_the_others_go_on() {
        int rows = findings().size();
        master.execute("drop function lambda.check_owner()");
        assertThat(findings()).hasSize(rows);
        assertThat(failing()).containsExactly("check_owner", "functions of the bundle");
        mend("check_owner", "function lambda.check_owner() does not exist");
        assertThat(failing()).isEmpty();
    }

    @Test
    void statement_timeout_ends_it() {
        LAMBDA.neverAnswers();
        try (Sql operator = database.as("operator")) {
            operator.execute("set statement_timeout = 300");
            assertThat(errorOf(() -> operator.values("select item from lambda.check()"))
                            .sqlState())
                    .isEqualTo("57014");
        }
    }

    @Test
    void shadowing_objects_are_not_used() {
        try (Sql operator = database.as("operator")) {
            for (String shadow : List.of(
                    "format(text, variadic text[]) returns text",
                    "aclexplode(aclitem[]) returns setof record",
                    "to_regnamespace(text) returns regnamespace",
                    "set_config(text, text, boolean) returns text",
                    "check_owner() returns setof record",
                    "invoke(text, json, text, text, text, json, varchar) returns record")) {
                operator.execute("create function pg_temp." + shadow
                        + " language plpgsql as $$ begin raise exception 'trap'; end $$");
            }
            operator.execute("create temporary table pg_proc (like pg_catalog.pg_proc)");
            operator.execute("create temporary table library (version text)");
            operator.execute("set search_path = pg_temp, lambda, pg_catalog");
            assertThat(operator.values("select item from lambda.check() where not ok"))
                    .isEmpty();
        }
    }

    /** The one row fails for that reason; when what its hint says is done, it is well. */
    private void mend(String item, String detail) {
        Finding broken = finding(item);
        assertThat(broken.ok()).as(broken.toString()).isFalse();
        assertThat(broken.detail()).contains(detail);
        perform(broken.hint());
        Finding mended = findings().stream()
                .filter(f -> f.item().equals(item))
                .findAny()
                .orElse(new Finding(item, true, "gone", null));
        assertThat(mended.ok()).as(mended.toString()).isTrue();
        assertThat(mended.hint()).isNull();
    }

    private void perform(String hint) {
        String[] words = hint.split(" ");
        if (hint.startsWith("psql ")) {
            String[] arguments = Arrays.copyOfRange(words, 1, words.length);
            arguments[arguments.length - 1] =
                    Path.of("..", arguments[arguments.length - 1]).toString();
            assertThat(Psql.run(database, Map.of(), arguments)).isEqualTo(new Psql(0, ""));
        } else if (hint.startsWith("aws rds ")) {
            String[] parameter = words[words.length - 1].split("[=,]");
            setting(parameter[1], parameter[3]);
        } else if (hint.startsWith("aws lambda invoke --function-name setup ")) {
            SqlBundle.install(master.connection());
        } else if (hint.startsWith("aws ")) {
            LAMBDA.replies("{}");
        } else {
            master.execute(hint);
        }
    }

    /** As a parameter group does. */
    private void setting(String name, String value) {
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("alter database %s set %s = '%s'".formatted(database.database(), name, value));
        }
    }

    private static Function<InvokeRequest, CompletableFuture<InvokeReply>> only(Predicate<InvokeRequest> known) {
        return request -> known.test(request)
                ? FakeLambda.reply("{}")
                : FakeLambda.refusal("ResourceNotFoundException", 404, "Function not found: " + request.functionName());
    }

    private String qualifierOfProcess() {
        return master.value("select qualifier from lambda.functions where name = 'process'");
    }

    private Finding finding(String item) {
        return findings().stream()
                .filter(finding -> finding.item().equals(item))
                .findAny()
                .orElseThrow(() -> new AssertionError("no row " + item));
    }

    private List<String> failing() {
        return findings().stream()
                .filter(finding -> !finding.ok())
                .map(Finding::item)
                .toList();
    }

    private List<Finding> findings() {
        try (Sql operator = database.as("operator")) {
            return operator.rows(
                    "select item, ok, detail, hint from lambda.check()",
                    row -> new Finding(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)));
        }
    }

    private record Finding(String item, boolean ok, String detail, String hint) {}
}
