package dev.pglambda.local.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random password of this run. Never prints. */
record Secret(String reveal) {

    static Secret random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /** Takes the same time whatever is wrong. */
    boolean matches(byte[] guess) {
        return MessageDigest.isEqual(reveal.getBytes(StandardCharsets.UTF_8), guess);
    }

    @Override
    public String toString() {
        return "***";
    }
}
