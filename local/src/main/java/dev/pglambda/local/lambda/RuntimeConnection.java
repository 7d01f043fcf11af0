package dev.pglambda.local.lambda;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of a function's process to its runtime API: as much of HTTP/1.1 as runtime clients speak, one request
 * after the other. It is read by a thread of its own and may be answered by any, so that an invocation costs two changes of
 * threads; a general server, which selects first and dispatches then, costs five, a third of a small call.
 */
final class RuntimeConnection {

    private static final int MAX_HEAD_LINE = 65_536;

    private final InputStream in;
    private final OutputStream out;

    RuntimeConnection(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /** The next request; empty when the process has closed the connection. */
    Optional<Request> read() throws IOException {
        String requestLine = line();
        if (requestLine == null) {
            return Optional.empty();
        }
        String[] parts = requestLine.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("not HTTP/1: " + requestLine);
        }
        return Optional.of(new Request(parts[1], body(contentLength())));
    }

    /** In one write, so that the process sees all of it at once. */
    void answer(int status, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head =
                new StringBuilder(512).append("HTTP/1.1 ").append(status).append(" .\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] answer = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, answer, start.length, body.length);
        out.write(answer);
    }

    /** The one thing about the head that matters here. */
    private long contentLength() throws IOException {
        long length = 0;
        for (String header = requiredLine(); !header.isEmpty(); header = requiredLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                throw new IOException("a body in chunks, which no runtime client sends here");
            } else if (lower.startsWith("expect:")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return length;
    }

    /** Empty when it is over Lambda's limit; read to its end all the same, so that the connection can go on. */
    private Optional<byte[]> body(long length) throws IOException {
        if (length > Payloads.SYNCHRONOUS_LIMIT) {
            in.skipNBytes(length);
            return Optional.empty();
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the process ended while it replied");
        }
        return Optional.of(body);
    }

    private String requiredLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the process ended while it asked");
        }
        return line;
    }

    /** Null at the end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder(128);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c < ' ' && c != '\r' && c != '\t') { // such as a client of PostgreSQL's that mistook the port
                throw new IOException("no HTTP");
            }
            if (line.length() == MAX_HEAD_LINE) {
                throw new IOException("a line of more than " + MAX_HEAD_LINE + " bytes in the head of a request");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** What is asked for. The body is empty when it is over Lambda's limit. */
    record Request(String path, Optional<byte[]> body) {}
}
