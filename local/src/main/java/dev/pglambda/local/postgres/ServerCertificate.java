package dev.pglambda.local.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A key and a certificate of this run for 127.0.0.1 and localhost, signed by itself: clients that are given it as their
 * authority can check the server as they check RDS. The key never prints.
 *
 * <p>Written out in DER, because the JDK's only public way to make a certificate is to start keytool, and that takes half
 * of the time in which the whole platform starts. Making one takes some 20 ms.
 */
public final class ServerCertificate {

    private static final byte[] EC_WITH_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1D, 0x11};
    private static final byte[] BASIC_CONSTRAINTS = {0x55, 0x1D, 0x13};
    private static final byte[] TRUE = {(byte) 0xFF};
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int VALID_DAYS = 365;

    private final byte[] key;
    private final byte[] certificate;

    private ServerCertificate(byte[] key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Makes a new one. */
    public static ServerCertificate create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new ServerCertificate(pair.getPrivate().getEncoded(), certificate(pair));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has this", e);
        }
    }

    /** What clients are to trust. */
    public String pem() {
        return pem("CERTIFICATE", certificate);
    }

    String keyPem() {
        return pem("PRIVATE KEY", key);
    }

    private static byte[] certificate(KeyPair pair) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.objectId(EC_WITH_SHA256));
        byte[] name =
                Der.sequence(Der.set(Der.sequence(Der.objectId(COMMON_NAME), Der.utf8("pglambda local platform"))));
        Instant now = Instant.now();
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(2)), // version 3
                Der.integer(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE)),
                algorithm,
                name,
                Der.sequence(time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(VALID_DAYS, ChronoUnit.DAYS))),
                name,
                pair.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(names(), authority())));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        return Der.sequence(content, algorithm, Der.bits(signature.sign()));
    }

    private static byte[] names() {
        byte[] names = Der.sequence(Der.implicit(7, new byte[] {127, 0, 0, 1}), Der.implicit(2, ascii("localhost")));
        return Der.sequence(Der.objectId(SUBJECT_ALT_NAME), Der.octets(names));
    }

    /** OpenSSL takes no certificate for an authority that does not say so. */
    private static byte[] authority() {
        return Der.sequence(Der.objectId(BASIC_CONSTRAINTS), Der.bool(TRUE), Der.octets(Der.sequence(Der.bool(TRUE))));
    }

    private static byte[] time(Instant instant) {
        return Der.utcTime(ascii(UTC_TIME.format(instant)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
