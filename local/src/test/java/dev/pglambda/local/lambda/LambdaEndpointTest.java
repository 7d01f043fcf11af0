package dev.pglambda.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pglambda.local.lambda.functions.Many;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lambda's HTTP API as the AWS CLI, the SDKs and a person with curl see it. */
class LambdaEndpointTest {

    private static final String FUNCTIONS = "/2015-03-31/functions/";

    @TempDir
    static Path directory;

    static TestLambda lambda;
    static LambdaEndpoint endpoint;
    static HttpClient http = HttpClient.newHttpClient();
    static String awsVersion;

    @BeforeAll
    static void start() throws Exception {
        lambda = TestLambda.start(LambdaSettings.defaults());
        lambda.deploy("many", Many.class, FunctionZip.ofJar("lib/many.jar", Many.class), directory);
        lambda.api().serve(TestLambda.definition("served", Many.class), (event, context) -> event);
        endpoint = LambdaEndpoint.start(lambda.api(), 0);
        awsVersion = run(List.of("aws", "--version"));
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        lambda.close();
    }

    @Test
    void the_aws_cli_invokes() throws Exception {
        Path out = directory.resolve("out.json");
        Path log = directory.resolve("log.txt");
        String shown =
                aws("invoke", "--function-name", "many", "--payload", "{\"a\":1}", "--log-type", "Tail", "" + out);
        assertThat(shown).contains("\"StatusCode\": 200", "\"ExecutedVersion\": \"$LATEST\"", "\"LogResult\": \"");
        assertThat(out).hasContent("{\"a\":1}");
        String arn = "arn:aws:lambda:us-east-1:123456789012:function:many:live";
        assertThat(aws("invoke", "--function-name", arn, "--payload", "\"throw it\"", "" + out))
                .contains("\"FunctionError\": \"Unhandled\"", "\"ExecutedVersion\": \"1\"");
        assertThat(out).content().contains("\"errorMessage\":\"it\"");
    }

    @Test
    void the_aws_cli_lists_and_describes() throws Exception {
        assertThat(aws("list-functions"))
                .contains("\"FunctionName\": \"many\"", "\"FunctionName\": \"served\"", "\"MemorySize\": 256");
        assertThat(aws("get-function", "--function-name", "many", "--qualifier", "live"))
                .contains("\"Version\": \"1\"", "many.zip", "function:many:live\"");
    }

    @Test
    void the_aws_cli_shows_a_refusal() throws Exception {
        assertThat(aws("invoke", "--function-name", "nope", "/dev/null"))
                .contains("(ResourceNotFoundException)")
                .contains("Function not found: arn:aws:lambda:us-east-1:123456789012:function:nope");
    }

    @Test
    void a_synchronous_call_has_lambdas_status_and_headers() throws Exception {
        HttpResponse<String> reply = post("many/invocations", "{\"a\":\"\u00e4\"}", Map.of("X-Amz-Log-Type", "Tail"));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"a\":\"\u00e4\"}");
        assertThat(reply.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
        assertThat(reply.headers().firstValue("X-Amz-Function-Error")).isEmpty();
        assertThat(reply.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(reply.headers()
                                        .firstValue("X-Amz-Log-Result")
                                        .orElseThrow()),
                        StandardCharsets.UTF_8))
                .startsWith("START RequestId");
    }

    @Test
    void a_failed_function_answers_200_with_its_error() throws Exception {
        HttpResponse<String> reply = post("many:live/invocations?Qualifier=live", "\"throw it\"", Map.of());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(reply.body()).contains("\"errorType\":\"java.lang.IllegalStateException\"");
    }

    @Test
    void an_event_is_accepted_and_a_dry_run_checks() throws Exception {
        HttpResponse<String> event = post("many/invocations", "{}", Map.of("X-Amz-Invocation-Type", "Event"));
        assertThat(event.statusCode()).isEqualTo(202);
        assertThat(event.body()).isEmpty();
        HttpResponse<String> dry = post("many/invocations", "{}", Map.of("X-Amz-Invocation-Type", "DryRun"));
        assertThat(dry.statusCode()).isEqualTo(204);
        assertRefused(
                post("nope/invocations", "{}", Map.of("X-Amz-Invocation-Type", "DryRun")),
                404,
                "ResourceNotFoundException");
    }

    @Test
    void refusals_are_json_with_an_error_type() throws Exception {
        assertRefused(post("many/invocations", "{broken", Map.of()), 400, "InvalidRequestContentException");
        assertRefused(post("many/invocations", "x".repeat(6_291_557), Map.of()), 413, "RequestTooLargeException");
        assertRefused(post("many/invocations", "x".repeat(9_000_000), Map.of()), 413, "RequestTooLargeException");
        assertRefused(
                post("many/invocations", "{}", Map.of("X-Amz-Invocation-Type", "event")), 400, "ValidationException");
        assertRefused(post("many/invocations", "{}", Map.of("X-Amz-Log-Type", "tail")), 400, "ValidationException");
        assertRefused(post("many:live/invocations?Qualifier=1", "{}", Map.of()), 400, "InvalidParameterValueException");
        assertRefused(post("many/nonsense", "{}", Map.of()), 404, "UnknownOperationException");
        assertRefused(post("many", "{}", Map.of()), 404, "UnknownOperationException");
        assertRefused(
                post("many/invocations", "{}", Map.of("Origin", "http://example.com")), 403, "AccessDeniedException");
    }

    @Test
    void five_megabytes_go_there_and_back() throws Exception {
        String event = "\"" + "x".repeat(5_000_000) + "\"";
        assertThat(post("many/invocations", event, Map.of()).body()).isEqualTo(event);
    }

    @Test
    void another_service_can_be_mounted_on_the_port() throws Exception {
        endpoint.mount("greeter", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("hi".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        HttpRequest request = HttpRequest.newBuilder(endpoint.uri().resolve("/"))
                .header("X-Amz-Target", "greeter.SayHello")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("hi");
    }

    @Test
    void a_port_in_use_is_named() {
        assertThatThrownBy(() -> LambdaEndpoint.start(lambda.api(), endpoint.port()))
                .isInstanceOf(BindException.class)
                .hasMessage(
                        "port %d on 127.0.0.1 is in use: end the program that has it,"
                                + " or choose another port for Lambda",
                        endpoint.port());
    }

    private static void assertRefused(HttpResponse<String> reply, int status, String type) {
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.headers().firstValue("x-amzn-ErrorType")).contains(type);
        assertThat(reply.body()).startsWith("{\"Type\":\"User\",\"Message\":\"");
    }

    private static HttpResponse<String> post(String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.uri() + FUNCTIONS + path))
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** With version 1 or 2 of the CLI, which read a payload differently. Without it, only CI insists on these tests. */
    private static String aws(String... arguments) throws IOException, InterruptedException {
        assumeTrue(awsVersion.startsWith("aws-cli/") || System.getenv("CI") != null, "the AWS CLI is not installed");
        List<String> command = new ArrayList<>(List.of("aws", "lambda", "--endpoint-url"));
        command.addAll(List.of(endpoint.uri().toString(), "--region", "us-east-1", "--output", "json"));
        if (!awsVersion.startsWith("aws-cli/1.")) {
            command.addAll(List.of("--cli-binary-format", "raw-in-base64-out"));
        }
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path shown = Files.createTempFile(directory, "shown", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(shown.toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", "local");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
        try {
            builder.start().waitFor();
        } catch (IOException e) {
            return e.getMessage(); // no such program
        }
        return Files.readString(shown);
    }
}
