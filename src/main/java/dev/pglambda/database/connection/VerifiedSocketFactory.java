package dev.pglambda.database.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.PGProperty;

/**
 * Makes TLS sockets that trust only {@link CertificateAuthorities}. Public only because pgjdbc creates the factory by
 * its name, with the connection properties.
 *
 * <p>pgjdbc's own factory reads authorities from files only, and checks the host name after the handshake with an
 * error that looks like a network failure; here the handshake itself fails, with a certificate error as the cause.
 */
public final class VerifiedSocketFactory extends SSLSocketFactory {

    /** One context per file: parsing is slow, and a context remembers sessions. */
    private static final Map<Optional<String>, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private final SSLSocketFactory sockets;
    private final boolean checkHost;

    public VerifiedSocketFactory(Properties info) {
        Optional<String> rootCert = Optional.ofNullable(PGProperty.SSL_ROOT_CERT.getOrDefault(info));
        this.sockets = prepare(rootCert).getSocketFactory();
        this.checkHost = TlsMode.VERIFY_FULL.libpqName().equals(PGProperty.SSL_MODE.getOrDefault(info));
    }

    /** Loads the authorities, unless they are loaded. */
    static SSLContext prepare(Optional<String> rootCert) {
        return CONTEXTS.computeIfAbsent(rootCert, CertificateAuthorities::context);
    }

    private Socket checked(Socket socket) {
        if (checkHost && socket instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        return socket;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return checked(sockets.createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return checked(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return checked(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return checked(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return checked(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
