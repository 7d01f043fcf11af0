package dev.pglambda.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.api.LambdaEndpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets Manager for the AWS CLI, the SDKs and a person with curl, on Lambda's port. */
class LocalSecretsTest {

    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
    private static final String TOKEN = "00000000-0000-0000-0000-00000000000";

    @TempDir
    static Path directory;

    private static LocalLambda lambda;
    private static LambdaEndpoint endpoint;
    private static LocalSecrets secrets;
    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        lambda = LocalLambda.start(LambdaSettings.defaults());
        endpoint = LambdaEndpoint.start(lambda, 0);
        secrets = new LocalSecrets(lambda, LOG::add);
        endpoint.mount(LocalSecrets.SERVICE, secrets.handler());
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        lambda.close();
    }

    @Test
    void the_aws_cli_makes_reads_changes_and_deletes_a_secret() throws Exception {
        assumeTrue(aws("list-secrets").contains("SecretList") || System.getenv("CI") != null, "no AWS CLI");
        assertThat(aws("create-secret", "--name", "cli/one", "--secret-string", "first", "--description", "d"))
                .contains("\"Name\": \"cli/one\"")
                .containsPattern(ARN + "cli/one-[A-Za-z0-9]{6}\"");
        assertThat(aws("put-secret-value", "--secret-id", "cli/one", "--secret-string", "{\"a\": \"ü\"}"))
                .contains("\"AWSCURRENT\"")
                .doesNotContain("AWSPREVIOUS");
        assertThat(aws("get-secret-value", "--secret-id", "cli/one", "--query", "SecretString", "--output", "text"))
                .isEqualTo("{\"a\": \"ü\"}\n");
        assertThat(aws("get-secret-value", "--secret-id", "cli/one", "--version-stage", "AWSPREVIOUS"))
                .contains("\"SecretString\": \"first\"", "\"CreatedDate\": ");
        assertThat(aws("describe-secret", "--secret-id", "cli/one"))
                .contains("VersionIdsToStages", "AWSCURRENT", "AWSPREVIOUS", "\"Description\": \"d\"")
                .doesNotContain("first");
        assertThat(aws("list-secrets")).contains("\"Name\": \"cli/one\"").doesNotContain("first");
        assertThat(aws("update-secret", "--secret-id", "cli/one", "--description", "e", "--secret-string", "third"))
                .contains("\"VersionId\": ");
        assertThat(aws("get-secret-value", "--secret-id", "cli/one")).contains("\"SecretString\": \"third\"");
        assertThat(aws("list-secret-version-ids", "--secret-id", "cli/one", "--include-deprecated"))
                .contains("AWSCURRENT", "AWSPREVIOUS", "\"VersionStages\": []");
        assertThat(aws("get-random-password", "--password-length", "9", "--exclude-punctuation"))
                .containsPattern("\"RandomPassword\": \"[A-Za-z0-9]{9}\"");
        assertThat(aws("delete-secret", "--secret-id", "cli/one")).contains("\"DeletionDate\": ");
        assertThat(aws("get-secret-value", "--secret-id", "cli/one")).contains("(ResourceNotFoundException)");
        assertThat(aws("get-secret-value", "--secret-id", "nope"))
                .contains("(ResourceNotFoundException)", "Secrets Manager can't find the specified secret.");
    }

    /** Micronaut's configuration from secrets asks by them. */
    @Test
    void secrets_are_listed_by_filters() throws Exception {
        secrets.put("/filtered/one", "content");
        secrets.put("/filtered/two", "content");
        post("UpdateSecret", "{\"SecretId\": \"/filtered/two\", \"Description\": \"The second\"}");
        String name = "{\"Key\": \"name\", \"Values\": [\"/filtered/\"]}";
        assertThat(listed(name)).contains("/filtered/one", "/filtered/two").doesNotContain("found/one");
        assertThat(listed("{\"Key\": \"name\", \"Values\": [\"/Filtered/\"]}")).doesNotContain("/filtered/");
        assertThat(listed(name + ", {\"Key\": \"description\", \"Values\": [\"the\"]}"))
                .contains("/filtered/two")
                .doesNotContain("/filtered/one");
        assertThat(listed(name + ", {\"Key\": \"name\", \"Values\": [\"!/filtered/t\"]}"))
                .contains("/filtered/one")
                .doesNotContain("/filtered/two");
    }

    private static String listed(String filters) throws Exception {
        return post("ListSecrets", "{\"Filters\": [" + filters + "]}").body();
    }

    @Test
    void a_secret_is_found_by_name_and_by_its_arn_whole_or_in_part() throws Exception {
        String arn = secrets.put("found/one", "content");
        String partial = arn.substring(0, arn.length() - 7);
        assertThat(partial).isEqualTo(ARN + "found/one");
        for (String id : List.of("found/one", arn, partial)) {
            assertThat(post("GetSecretValue", "{\"SecretId\": \"" + id + "\"}").body())
                    .contains("\"SecretString\":\"content\"", "\"ARN\":\"" + arn + "\"");
        }
        for (String id : List.of("found", "found/one-", arn + "x", partial.replace("us-east-1", "us-east-2"))) {
            assertThat(errorOf("GetSecretValue", "{\"SecretId\": \"" + id + "\"}"))
                    .isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void labels_move_from_version_to_version() throws Exception {
        post("CreateSecret", "{\"Name\": \"labels\"}");
        assertThat(errorOf("GetSecretValue", "{\"SecretId\": \"labels\"}")).isEqualTo("ResourceNotFoundException");

        put("labels", 1, "one", "");
        put("labels", 2, "two", ", \"VersionStages\": [\"AWSPENDING\"]");
        assertThat(value("labels", "")).contains("\"SecretString\":\"one\"", "[\"AWSCURRENT\"]");
        assertThat(value("labels", ", \"VersionStage\": \"AWSPENDING\"")).contains("\"SecretString\":\"two\"");
        put("labels", 3, "three", ", \"VersionStages\": [\"AWSCURRENT\", \"AWSPENDING\"]");
        assertThat(value("labels", "")).contains("\"SecretString\":\"three\"", "[\"AWSCURRENT\",\"AWSPENDING\"]");
        assertThat(value("labels", ", \"VersionStage\": \"AWSPREVIOUS\"")).contains("\"SecretString\":\"one\"");
        assertThat(value("labels", ", \"VersionId\": \"" + TOKEN + "2\"")).contains("\"VersionStages\":[]");
        assertThat(errorOf(
                        "GetSecretValue",
                        "{\"SecretId\": \"labels\", \"VersionId\": \"" + TOKEN
                                + "1\", \"VersionStage\": \"AWSCURRENT\"}"))
                .isEqualTo("InvalidRequestException");
        assertThat(post("DescribeSecret", "{\"SecretId\": \"labels\"}").body())
                .contains("\"" + TOKEN + "1\":[\"AWSPREVIOUS\"]", "\"" + TOKEN + "3\":[\"AWSCURRENT\",\"AWSPENDING\"]")
                .doesNotContain(TOKEN + "2");
    }

    @Test
    void the_same_request_again_changes_nothing_and_another_one_by_its_token_is_refused() throws Exception {
        String create = "{\"Name\": \"again\", \"SecretString\": \"s\", \"ClientRequestToken\": \"" + TOKEN + "1\"}";
        assertThat(post("CreateSecret", create).body())
                .isEqualTo(post("CreateSecret", create).body());
        assertThat(errorOf("CreateSecret", create.replace("\"s\"", "\"t\""))).isEqualTo("ResourceExistsException");
        put("again", 2, "two", "");
        put("again", 3, "three", "");
        put("again", 2, "two", "");
        assertThat(value("again", "")).contains("\"SecretString\":\"three\"");
        assertThat(errorOf(
                        "PutSecretValue",
                        "{\"SecretId\": \"again\", \"SecretString\": \"other\", \"ClientRequestToken\": \"" + TOKEN
                                + "2\"}"))
                .isEqualTo("ResourceExistsException");
    }

    @Test
    void random_passwords_have_what_is_asked_for() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(password("{}")).hasSize(32).matches("(?s)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).*");
            assertThat(password("{\"PasswordLength\": 4, \"ExcludeCharacters\": \"/@\\\"'\\\\\"}"))
                    .hasSize(4)
                    .doesNotContainPattern("[/@\"'\\\\]");
            assertThat(password(
                            "{\"PasswordLength\": 1, \"RequireEachIncludedType\": false, \"ExcludeLowercase\": true,"
                                    + " \"ExcludeUppercase\": true, \"ExcludePunctuation\": true}"))
                    .matches("[0-9]");
        }
        assertThat(password("{}")).isNotEqualTo(password("{}"));
    }

    private static String password(String request) throws Exception {
        return JSON.std
                .mapFrom(post("GetRandomPassword", request).body())
                .get("RandomPassword")
                .toString();
    }

    @Test
    void a_label_is_moved_only_from_where_it_is() throws Exception {
        secrets.declare("moved");
        put("moved", 1, "one", "");
        put("moved", 2, "two", ", \"VersionStages\": [\"MINE\"]");
        String label = "{\"SecretId\": \"moved\", \"VersionStage\": \"AWSCURRENT\", ";
        assertThat(errorOf("UpdateSecretVersionStage", label + "\"MoveToVersionId\": \"" + TOKEN + "2\"}"))
                .isEqualTo("InvalidParameterException");
        assertThat(errorOf("UpdateSecretVersionStage", label + "\"RemoveFromVersionId\": \"" + TOKEN + "1\"}"))
                .isEqualTo("InvalidParameterException");
        assertThat(post(
                                "UpdateSecretVersionStage",
                                label + "\"MoveToVersionId\": \"" + TOKEN + "2\", \"RemoveFromVersionId\": \"" + TOKEN
                                        + "1\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(value("moved", "")).contains("\"SecretString\":\"two\"", "[\"AWSCURRENT\",\"MINE\"]");
        assertThat(value("moved", ", \"VersionStage\": \"AWSPREVIOUS\"")).contains("\"SecretString\":\"one\"");
        assertThat(post(
                                "UpdateSecretVersionStage",
                                "{\"SecretId\": \"moved\", \"VersionStage\": \"MINE\", \"RemoveFromVersionId\": \""
                                        + TOKEN + "2\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(value("moved", "")).doesNotContain("MINE");
    }

    /**
     * As AWS's rotation functions find it: a version with the label and without a value, and the four steps in order.
     */
    @Test
    void a_rotation_calls_its_function_four_times() throws Exception {
        Queue<String> steps = new ConcurrentLinkedQueue<>();
        lambda.deploy(FunctionDescription.of("rotator", "Rotator"), (event, context) -> {
            Map<String, Object> step = JSON.std.mapFrom(event);
            steps.add(step.get("Step") + " " + errorOfPending(step));
            if (step.get("Step").equals("createSecret")) {
                put("rotated", 2, "two", ", \"VersionStages\": [\"AWSPENDING\"]");
            }
            return new byte[0];
        });
        secrets.declare("rotated");
        put("rotated", 1, "one", "");
        String rotate = "{\"SecretId\": \"rotated\", \"RotationLambdaARN\": \"rotator\", \"ClientRequestToken\": \""
                + TOKEN + "2\", \"RotationRules\": {\"AutomaticallyAfterDays\": 30}}";
        assertThat(post("RotateSecret", rotate).body()).contains("\"VersionId\":\"" + TOKEN + "2\"");
        await().untilAsserted(() -> assertThat(
                        post("DescribeSecret", "{\"SecretId\": \"rotated\"}").body())
                .contains("\"RotationEnabled\":true", "\"RotationLambdaARN\":\"rotator\"", "\"LastRotatedDate\":"));
        assertThat(steps)
                .containsExactly(
                        "createSecret ResourceNotFoundException", "setSecret ", "testSecret ", "finishSecret ");
        assertThat(errorOf("RotateSecret", rotate.replace(TOKEN + "2", TOKEN + "3")))
                .as("the function has not moved AWSCURRENT, so the rotation is not complete")
                .isEqualTo("InvalidRequestException");
    }

    private static String errorOfPending(Map<String, Object> step) throws Exception {
        return post(
                        "GetSecretValue",
                        "{\"SecretId\": \"" + step.get("SecretId") + "\", \"VersionId\": \""
                                + step.get("ClientRequestToken") + "\", \"VersionStage\": \"AWSPENDING\"}")
                .headers()
                .firstValue("x-amzn-errortype")
                .orElse("");
    }

    @Test
    void a_rotation_that_fails_is_logged_and_keeps_the_current_value() throws Exception {
        lambda.deploy(FunctionDescription.of("failing", "Failing"), (event, context) -> {
            throw new IllegalStateException("not possible");
        });
        secrets.declare("kept");
        put("kept", 1, "one", "");
        post("RotateSecret", "{\"SecretId\": \"kept\", \"RotationLambdaARN\": \"failing\"}");
        await().untilAsserted(() -> assertThat(LOG)
                .anySatisfy(line -> assertThat(line).contains("secret kept failed", "createSecret", "not possible")));
        assertThat(value("kept", "")).contains("\"SecretString\":\"one\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GetSecretValue | {} | InvalidParameterException",
                "GetSecretValue | {\"SecretId\": 7} | InvalidParameterException",
                "GetSecretValue | hidden | SerializationException",
                "GetSecretValue | [] | SerializationException",
                "CreateSecret | {\"Name\": \"two words\"} | InvalidParameterException",
                "CreateSecret | {\"Name\": \"n\", \"SecretBinary\": \"hidden\"} | InvalidParameterException",
                "CreateSecret | {\"Name\": \"n\", \"SecretString\": \"\"} | InvalidParameterException",
                "CreateSecret | {\"Name\": \"n\", \"SecretString\": \"hidden\", \"ClientRequestToken\": \"short\"}"
                        + " | InvalidParameterException",
                "PutSecretValue | {\"SecretId\": \"refused\"} | InvalidParameterException",
                "ListSecrets | {\"Filters\": [{\"Key\": \"tag-key\", \"Values\": [\"x\"]}]} | InvalidParameterException",
                "ListSecrets | {\"Filters\": [{\"Key\": \"name\", \"Values\": []}]} | InvalidParameterException",
                "ListSecrets | {\"Filters\": [7]} | InvalidParameterException",
                "GetRandomPassword | {\"PasswordLength\": 3} | InvalidParameterException",
                "GetRandomPassword | {\"PasswordLength\": \"9\"} | InvalidParameterException",
                "RotateSecret | {\"SecretId\": \"refused\"} | InvalidRequestException",
                "DeleteSecret | {\"SecretId\": \"nope\"} | ResourceNotFoundException",
                "RestoreSecret | {\"SecretId\": \"refused\"} | UnknownOperationException",
            })
    void wrong_requests_are_refused_by_type_and_without_a_value(String operation, String request, String type)
            throws Exception {
        secrets.put("refused", "x");
        HttpResponse<String> response = post(operation, request);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-errortype")).contains(type);
        assertThat(response.body())
                .contains("\"__type\":\"" + type + "\"", "\"Message\":")
                .doesNotContain("hidden");
    }

    @Test
    void no_object_prints_a_value() {
        assertThat(new SecretVersion(TOKEN + "1", Optional.of("hidden"), 0).toString())
                .doesNotContain("hidden");
        assertThat(new SecretsRequest(java.util.Map.of("SecretString", "hidden")).toString())
                .doesNotContain("hidden");
    }

    @Test
    void many_at_once_leave_one_current_and_one_previous_version() throws Exception {
        secrets.put("many", "0");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> puts = IntStream.range(0, 64)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> post("PutSecretValue", "{\"SecretId\": \"many\", \"SecretString\": \"" + i + "\"}")
                                    .statusCode())
                    .toList();
            for (Future<Integer> put : threads.invokeAll(puts)) {
                assertThat(put.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(post("DescribeSecret", "{\"SecretId\": \"many\"}").body())
                .containsOnlyOnce("AWSCURRENT")
                .containsOnlyOnce("AWSPREVIOUS");
    }

    private static void put(String secret, int token, String value, String more) throws Exception {
        HttpResponse<String> response = post(
                "PutSecretValue",
                "{\"SecretId\": \"" + secret + "\", \"SecretString\": \"" + value + "\", \"ClientRequestToken\": \""
                        + TOKEN + token + "\"" + more + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static String value(String secret, String more) throws Exception {
        return post("GetSecretValue", "{\"SecretId\": \"" + secret + "\"" + more + "}")
                .body();
    }

    private static String errorOf(String operation, String request) throws Exception {
        HttpResponse<String> response = post(operation, request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return response.headers().firstValue("x-amzn-errortype").orElseThrow();
    }

    private static HttpResponse<String> post(String operation, String request) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(endpoint.uri().resolve("/"))
                        .header("X-Amz-Target", "secretsmanager." + operation)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .POST(BodyPublishers.ofString(request))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "secretsmanager", "--no-sign-request"));
        command.addAll(List.of("--endpoint-url", endpoint.uri().toString(), "--region", "us-east-1"));
        command.addAll(List.of(arguments));
        Path shown = Files.createTempFile(directory, "shown", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(shown.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        try {
            builder.start().waitFor();
        } catch (IOException e) {
            return e.getMessage(); // no such program
        }
        return Files.readString(shown, StandardCharsets.UTF_8);
    }
}
