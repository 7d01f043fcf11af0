package dev.pglambda.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.DtoSerializers;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaError;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeClientException;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The runtime API from a function's process, by the JDK's HTTP client. Used by one thread. */
final class JavaRuntimeClient implements LambdaRuntimeApiClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    JavaRuntimeClient(String address) {
        this.base = "http://" + address + "/2018-06-01/runtime/";
    }

    /** Waits for an event without a limit: an idle function is not an error. */
    @Override
    public InvocationRequest nextInvocation() throws IOException {
        HttpResponse<byte[]> answer = send(request("invocation/next").GET(), 200);
        HttpHeaders headers = answer.headers();
        InvocationRequest request = new InvocationRequest();
        request.setId(header(headers, "Aws-Request-Id"));
        request.setXrayTraceId(header(headers, "Trace-Id"));
        request.setInvokedFunctionArn(header(headers, "Invoked-Function-Arn"));
        request.setDeadlineTimeInMs(Long.parseLong(header(headers, "Deadline-Ms")));
        request.setClientContext(header(headers, "Client-Context"));
        request.setContent(answer.body());
        return request;
    }

    @Override
    public InvocationRequest nextInvocationWithExponentialBackoff(LambdaContextLogger logger) throws IOException {
        return nextInvocation();
    }

    @Override
    public void reportInvocationSuccess(String id, byte[] reply) throws IOException {
        post("invocation/" + id + "/response", reply);
    }

    @Override
    public void reportInvocationError(String id, LambdaError error) throws IOException {
        post("invocation/" + id + "/error", DtoSerializers.serialize(error.errorRequest));
    }

    @Override
    public void reportInitError(LambdaError error) throws IOException {
        post("init/error", DtoSerializers.serialize(error.errorRequest));
    }

    /** SnapStart's; the platform restores nothing. */
    @Override
    public void restoreNext() {
        throw new UnsupportedOperationException("there is no SnapStart here");
    }

    /** SnapStart's, as above. */
    @Override
    public void reportRestoreError(LambdaError error) {
        throw new UnsupportedOperationException("there is no SnapStart here");
    }

    private void post(String path, byte[] body) throws IOException {
        send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)), 202);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, int expected) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != expected) {
                throw new LambdaRuntimeClientException(answer.uri().toString(), answer.statusCode());
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static String header(HttpHeaders headers, String name) {
        return headers.firstValue("Lambda-Runtime-" + name).orElse(null);
    }
}
