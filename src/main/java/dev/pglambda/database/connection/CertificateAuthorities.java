package dev.pglambda.database.connection;

import dev.pglambda.database.settings.Settings;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that may sign a server's certificate: those of RDS, shipped in this jar, or those of one PEM file. */
final class CertificateAuthorities {

    private static final String RDS_BUNDLE = "rds-ca-bundle.pem";

    private CertificateAuthorities() {}

    /**
     * Reads and parses, which takes some milliseconds. Throws {@link Settings.WrongSetting} when the file is not
     * usable.
     */
    static SSLContext context(Optional<String> rootCert) {
        try {
            return trusting(read(rootCert));
        } catch (IOException | GeneralSecurityException e) {
            throw new Settings.WrongSetting("DB_SSL_ROOT_CERT is '" + rootCert.orElse("")
                    + "': it must be a readable PEM file with the certificates of authorities ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    static List<X509Certificate> read(Optional<String> rootCert) throws IOException, GeneralSecurityException {
        try (InputStream pem = open(rootCert)) {
            Collection<?> certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            return certificates.stream().map(X509Certificate.class::cast).toList();
        }
    }

    private static InputStream open(Optional<String> rootCert) throws IOException {
        if (rootCert.isPresent()) {
            return new BufferedInputStream(Files.newInputStream(Path.of(rootCert.get())));
        }
        InputStream bundle = CertificateAuthorities.class.getResourceAsStream(RDS_BUNDLE);
        if (bundle == null) {
            throw new FileNotFoundException(RDS_BUNDLE);
        }
        return bundle;
    }

    private static SSLContext trusting(List<X509Certificate> authorities) throws IOException, GeneralSecurityException {
        if (authorities.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry(String.valueOf(store.size()), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
