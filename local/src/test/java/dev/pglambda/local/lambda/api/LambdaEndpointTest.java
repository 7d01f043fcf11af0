package dev.pglambda.local.lambda.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pglambda.local.lambda.FunctionZip;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.functions.Many;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lambda's HTTP API for the AWS CLI, the SDKs and a person with curl. */
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
        lambda.api().deploy(TestLambda.description("served", Many.class), (event, context) -> event);
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
    void the_aws_cli_lists_functions() throws Exception {
        assertThat(aws("list-functions"))
                .contains("\"FunctionName\": \"many\"", "\"FunctionName\": \"served\"", "\"MemorySize\": 256");
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

    /** A web page can make its site's name resolve to 127.0.0.1; the browser then sends no Origin with a GET. */
    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com:3001", "localhost.example.com", "127.0.0.1.example.com"})
    void a_request_to_another_host_is_refused(String host) throws Exception {
        assertThat(raw("GET " + FUNCTIONS + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("AccessDeniedException", host)
                .doesNotContain("many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:3001", "localhost:3001"})
    void a_request_to_this_host_is_answered(String host) throws Exception {
        assertThat(raw("GET " + FUNCTIONS + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("many");
    }

    @Test
    void functions_are_listed_in_pages() throws Exception {
        HttpResponse<String> first = get("?MaxItems=1");
        assertThat(first.body())
                .contains("\"FunctionName\":\"many\"", "\"NextMarker\":\"1\"")
                .doesNotContain("served");
        assertThat(get("?MaxItems=1&Marker=1").body())
                .contains("\"FunctionName\":\"served\"")
                .doesNotContain("many", "NextMarker");
        assertThat(get("?FunctionVersion=ALL").body())
                .contains("function:many\"", "function:many:1\"", "function:served:1\"", "\"Version\":\"1\"");
        assertThat(get("").body()).contains("many", "served").doesNotContain("NextMarker", "function:many:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?MaxItems=0", "?MaxItems=x", "?Marker=nonsense", "?Marker=9", "?FunctionVersion=1"})
    void invalid_paging_is_refused(String query) throws Exception {
        assertRefused(get(query), 400, "InvalidParameterValueException");
    }

    @Test
    void clients_that_disconnect_before_their_answer_leave_nothing_open() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        lambda.api().deploy(TestLambda.description("slow", Many.class), (event, context) -> {
            gate.await();
            return new byte[5_000_000];
        });
        long before = openSockets();
        for (int i = 1; i <= 10; i++) {
            hangUp(i);
        }
        lambda.api().remove("slow");
        gate.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> openSockets() <= before + 2);
    }

    /** When its call has begun. */
    private static void hangUp(int number) throws IOException {
        String request =
                "POST " + FUNCTIONS + "slow/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .until(() -> lambda.lines().stream()
                                    .filter(line -> line.startsWith("slow START"))
                                    .count()
                            == number);
            client.setSoLinger(true, 0);
        }
    }

    private static long openSockets() throws IOException {
        long sockets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && Files.readSymbolicLink(file).toString().startsWith("socket:")) {
                    sockets++;
                }
            }
        }
        return sockets;
    }

    private static String raw(String request) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(endpoint.uri() + FUNCTIONS + query))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void five_megabytes_are_sent_and_received() throws Exception {
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
