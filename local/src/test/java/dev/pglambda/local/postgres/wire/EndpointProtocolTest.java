package dev.pglambda.local.postgres.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pglambda.local.postgres.LocalPostgres;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The endpoint and clients other than the extension: foreign, broken and hostile ones. */
@Timeout(60)
final class EndpointProtocolTest {

    @RegisterExtension
    static final ClonedDatabase DATABASE = TestPlatform.database();

    /** After every test, the endpoint serves. */
    @AfterEach
    void endpoint_still_answers() throws SQLException {
        DATABASE.lambda().reset();
        try (Session session = DATABASE.master()) {
            assertThat(session.value("select payload from aws_lambda.invoke('f', '1'::json)"))
                    .isEqualTo("1");
        }
    }

    @Test
    void listens_on_loopback_only() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.socket.getInetAddress().isLoopbackAddress()).isTrue();
        }
        for (InetAddress address :
                InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
            if (!address.isLoopbackAddress()) {
                assertThatThrownBy(() -> new Socket(address, TestPlatform.endpointPort()).close())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void encryption_is_refused_and_login_continues() throws IOException {
        try (Client client = new Client()) {
            client.startup(80877103);
            assertThat(client.in.readByte()).isEqualTo((byte) 'N');
            client.startup(80877104);
            assertThat(client.in.readByte()).isEqualTo((byte) 'N');
            client.startup(3 << 16, "user\0aws_lambda\0\0");
            assertThat(client.in.readByte()).isEqualTo((byte) 'R');
        }
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + TestPlatform.endpointPort() + "/x?sslmode=disable",
                                "aws_lambda",
                                "guess")
                        .close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void an_unknown_version_is_refused() throws IOException {
        try (Client client = new Client()) {
            client.startup(2 << 16);
            assertThat(client.rest()).contains("0A000");
        }
    }

    @Test
    void queries_before_login_end_the_connection() throws IOException {
        try (Client client = new Client()) {
            client.startup(3 << 16, "\0");
            client.message('Q', "{}\n{}\0");
            assertThat(client.rest()).doesNotContain("SELECT");
        }
    }

    @Test
    void wrong_lengths_end_the_connection() throws IOException {
        for (int length : new int[] {-1, 0, 3, 4, 7, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try (Client client = new Client()) {
                client.out.writeInt(length);
                client.out.flush();
                client.socket.shutdownOutput();
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    @Test
    void noise_ends_the_connection() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            try (Client client = new Client()) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                client.out.write(noise);
                client.out.flush();
                client.socket.shutdownOutput();
                client.rest();
            } catch (IOException e) {
                // Reset by the endpoint: ended as well.
            }
        }
    }

    @Test
    void malformed_calls_and_unknown_messages_are_errors_and_the_connection_stays() throws IOException, SQLException {
        try (Client client = new Client()) {
            client.login();
            for (String query :
                    new String[] {"\0", "", "select 1\0", "{\0", "[]\n{}\0", "{\"a\":{}}\n{}\0", "{\"a\":1}\n\0"}) {
                client.message('Q', query);
                assertThat(client.untilReady()).containsAnyOf("08P01", "22004");
            }
            client.message('P', "\0select 1\0\0\0");
            assertThat(client.untilReady()).contains("08P01");
            client.message(
                    'Q',
                    "{\"database\": \"" + DATABASE.name() + "\", \"functionName\": \"f\", "
                            + "\"invocationType\": \"RequestResponse\", \"logType\": \"None\"}\n{\"x\": 1}\0");
            assertThat(client.untilReady()).contains("{\"x\": 1}", "SELECT 1");
        }
    }

    /** As when this process has no more files: without a pause, the endpoint would keep a processor busy. */
    @Test
    void an_endpoint_that_cannot_accept_waits_and_serves_when_it_can_again() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()) {
            @Override
            public Socket accept() throws IOException {
                if (broken.get()) {
                    failures.incrementAndGet();
                    throw new SocketException("Too many open files");
                }
                return super.accept();
            }
        };
        try (LocalPostgres postgres = LocalPostgres.start();
                AwsLambdaEndpoint endpoint = AwsLambdaEndpoint.open(server, postgres, database -> null)) {
            await().until(() -> failures.get() >= 3);
            int before = failures.get();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            assertThat(failures.get() - before).isBetween(1, 50);
            broken.set(false);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
                client.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
                assertThat(client.getInputStream().read()).isEqualTo('N');
            }
        }
    }

    /** The part of a client that the tests need. */
    private static final class Client implements AutoCloseable {

        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), TestPlatform.endpointPort());
        final DataInputStream in = new DataInputStream(socket.getInputStream());
        /** Whole messages: the endpoint may close the connection after the first byte of one. */
        final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));

        Client() throws IOException {
            socket.setSoTimeout(30_000);
        }

        void startup(int code) throws IOException {
            startup(code, "");
        }

        void startup(int code, String rest) throws IOException {
            out.writeInt(8 + rest.length());
            out.writeInt(code);
            out.writeBytes(rest);
            out.flush();
        }

        void message(char type, String body) throws IOException {
            out.writeByte(type);
            out.writeInt(4 + body.length());
            out.writeBytes(body);
            out.flush();
        }

        void login() throws IOException, SQLException {
            startup(3 << 16, "user\0aws_lambda\0\0");
            in.readNBytes(9);
            message('p', TestPlatform.endpointPassword() + "\0");
            untilReady();
        }

        String untilReady() throws IOException {
            StringBuilder text = new StringBuilder();
            while (true) {
                byte type = in.readByte();
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (type == 'Z') {
                    return text.toString();
                }
                text.append(new String(body, UTF_8)).append('\n');
            }
        }

        String rest() throws IOException {
            return new String(in.readAllBytes(), UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
