package dev.pglambda.database.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** A certificate authority of our own, made with the JDK's keytool, and PostgreSQL settings for what it signs. */
public final class TestCertificates {

    private static final String STORE_PASSWORD = "changeit";
    private static TestCertificates shared;

    private final Path directory;
    private final Path store;

    private TestCertificates() throws IOException {
        directory = Files.createTempDirectory("pglambda-certificates");
        store = directory.resolve("store.p12");
    }

    /** One authority for all tests of this JVM: keytool takes half a second a time. */
    public static synchronized TestCertificates shared() {
        if (shared == null) {
            try {
                shared = new TestCertificates();
                File made = shared.directory.toFile();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(made)));
                shared.keytool("-genkeypair -alias ca -dname CN=Test-CA -ext bc:c -validity 3650");
                shared.pem("ca.pem", "CERTIFICATE", shared.entry("ca", false));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** An authority that has signed nothing. */
    public Path otherAuthority() {
        Path other = directory.resolve("other.pem");
        if (!Files.exists(other)) {
            keytool("-genkeypair -alias other -dname CN=Other-CA -ext bc:c -validity 3650");
            pem("other.pem", "CERTIFICATE", entry("other", false));
        }
        return other;
    }

    /** Server settings with a certificate for localhost and 127.0.0.1. */
    public Map<String, String> forThisMachine() {
        return server("good", "-ext san=dns:localhost,ip:127.0.0.1 -validity 365");
    }

    public Map<String, String> forAnotherHost() {
        return server("elsewhere", "-ext san=dns:db.example.com -validity 365");
    }

    public Map<String, String> expired() {
        return server("expired", "-ext san=dns:localhost,ip:127.0.0.1 -startdate -400d -validity 30");
    }

    private synchronized Map<String, String> server(String alias, String options) {
        if (!Files.exists(directory.resolve(alias + ".key"))) {
            keytool("-genkeypair -signer ca -alias " + alias + " -dname CN=" + alias + " " + options);
            pem(alias + ".crt", "CERTIFICATE", entry(alias, false));
            pem(alias + ".key", "PRIVATE KEY", entry(alias, true));
        }
        return Map.of(
                "ssl", "on",
                "ssl_cert_file", directory.resolve(alias + ".crt").toString(),
                "ssl_key_file", directory.resolve(alias + ".key").toString());
    }

    private void keytool(String options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(options.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-J-XX:TieredStopAtLevel=1"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte[] entry(String alias, boolean key) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            return key
                    ? keys.getKey(alias, STORE_PASSWORD.toCharArray()).getEncoded()
                    : keys.getCertificate(alias).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pem(String file, String label, byte[] content) {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + label + "-----\n";
        try {
            Path path = directory.resolve(file);
            Files.writeString(path, text);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
