package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of AWS's runtime client that is native code for Linux only, in Java, for function processes on other systems.
 *
 * <p>Has the name and the methods of the class that it replaces; a function's process loads it only where the platform
 * puts it before AWS's jar on the class path. Runs alone in that process, so it must not use any other class of ours.
 * Used by one thread at a time.
 *
 * <p>HTTP by hand, over one connection: HttpURLConnection waits a millisecond before it uses a connection again, which
 * is ten times as long as everything else here.
 */
final class NativeClient {

    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

    private static String server;
    private static Socket socket;
    private static InputStream input;

    private NativeClient() {}

    static void init(String awsLambdaRuntimeApi) {
        server = awsLambdaRuntimeApi;
    }

    /** Waits until there is something to do: without a time limit, for an idle function is not an error. */
    static InvocationRequest next() {
        Answer answer = exchange("GET " + INVOCATION + "next", new byte[0], 200);
        InvocationRequest request = new InvocationRequest();
        request.setId(answer.headers().get("Lambda-Runtime-Aws-Request-Id"));
        request.setXrayTraceId(answer.headers().get("Lambda-Runtime-Trace-Id"));
        request.setInvokedFunctionArn(answer.headers().get("Lambda-Runtime-Invoked-Function-Arn"));
        request.setDeadlineTimeInMs(Long.parseLong(answer.headers().get("Lambda-Runtime-Deadline-Ms")));
        request.setClientContext(answer.headers().get("Lambda-Runtime-Client-Context"));
        request.setCognitoIdentity(answer.headers().get("Lambda-Runtime-Cognito-Identity"));
        request.setContent(answer.body());
        return request;
    }

    static void postInvocationResponse(byte[] requestId, byte[] response) {
        String id = new String(requestId, StandardCharsets.UTF_8);
        exchange("POST " + INVOCATION + id + "/response", response, 202);
    }

    private static Answer exchange(String request, byte[] body, int expected) {
        try {
            Answer answer = send(request, body);
            if (answer.status() != expected) {
                throw new LambdaRuntimeClientException(request, answer.status());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(request + " failed", e);
        }
    }

    /** Once more over a new connection when the old one has been closed, as it is while a handler takes long. */
    private static Answer send(String request, byte[] body) throws IOException {
        if (socket != null) {
            try {
                return sendOnce(request, body);
            } catch (IOException e) {
                socket.close();
            }
        }
        int colon = server.lastIndexOf(':');
        socket = new Socket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream());
        return sendOnce(request, body);
    }

    private static Answer sendOnce(String request, byte[] body) throws IOException {
        String head = request + " HTTP/1.1\r\nHost: " + server + "\r\nContent-Type: application/json\r\nUser-Agent: "
                + LambdaRuntimeApiClientImpl.USER_AGENT + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + body.length);
        message.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(body);
        message.writeTo(socket.getOutputStream());
        return receive();
    }

    private static Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        int length = Integer.parseInt(headers.get("Content-Length"));
        byte[] body = input.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer ends too early");
        }
        return new Answer(status, headers, body);
    }

    private static String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the connection has been closed");
            }
            line.append((char) next);
        }
        line.setLength(line.length() - 1); // the carriage return
        return line.toString();
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {}
}
