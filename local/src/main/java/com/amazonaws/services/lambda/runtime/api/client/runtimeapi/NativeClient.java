package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The part of AWS's runtime client that is native code for Linux only, in Java, for function processes on other systems.
 *
 * <p>Has the name and the methods of the class that it replaces; a function's process loads it only where the platform
 * puts it before AWS's jar on the class path. Runs alone in that process, so it must not use any other class of ours.
 * Used by one thread at a time.
 */
final class NativeClient {

    private static String base;

    private NativeClient() {}

    static void init(String awsLambdaRuntimeApi) {
        base = "http://" + awsLambdaRuntimeApi + "/2018-06-01/runtime/invocation/";
    }

    /** Waits until there is something to do: without a time limit, for an idle function is not an error. */
    static InvocationRequest next() {
        try {
            HttpURLConnection connection = connect("next");
            requireStatus(connection, HttpURLConnection.HTTP_OK);
            InvocationRequest request = new InvocationRequest();
            request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
            request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
            request.setInvokedFunctionArn(connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
            request.setDeadlineTimeInMs(connection.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", 0));
            request.setClientContext(connection.getHeaderField("Lambda-Runtime-Client-Context"));
            request.setCognitoIdentity(connection.getHeaderField("Lambda-Runtime-Cognito-Identity"));
            try (InputStream body = connection.getInputStream()) {
                request.setContent(body.readAllBytes());
            }
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to get the next invocation", e);
        }
    }

    static void postInvocationResponse(byte[] requestId, byte[] response) {
        try {
            HttpURLConnection connection = connect(new String(requestId, StandardCharsets.UTF_8) + "/response");
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(response.length);
            connection.setDoOutput(true);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(response);
            }
            requireStatus(connection, HttpURLConnection.HTTP_ACCEPTED);
            connection.getInputStream().close(); // lets the connection be used again
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to post the reply", e);
        }
    }

    private static HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setRequestProperty("User-Agent", LambdaRuntimeApiClientImpl.USER_AGENT);
        return connection;
    }

    private static void requireStatus(HttpURLConnection connection, int expected) throws IOException {
        int status = connection.getResponseCode();
        if (status != expected) {
            throw new IOException("Response code: " + status + " from " + connection.getURL());
        }
    }
}
