package dev.pglambda.local.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A password. Never prints. */
public record Password(String reveal) {

    /** For programs. */
    public static Password random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return new Password(HexFormat.of().formatHex(bytes));
    }

    /** Takes the same time for every guess. */
    public boolean matches(byte[] guess) {
        return MessageDigest.isEqual(reveal.getBytes(StandardCharsets.UTF_8), guess);
    }

    @Override
    public String toString() {
        return "***";
    }
}
