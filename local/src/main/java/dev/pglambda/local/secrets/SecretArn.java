package dev.pglambda.local.secrets;

import java.security.SecureRandom;

/**
 * The ARN of a secret: its name, a hyphen and six random characters, so that a deleted secret's rights pass to no
 * other.
 */
final class SecretArn {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_CHARACTERS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretArn() {}

    static String random(String prefix, String name) {
        StringBuilder arn = new StringBuilder(prefix).append(name).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            arn.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
        }
        return arn.toString();
    }

    /** Whether an id is this ARN, whole or without its random end. */
    static boolean means(String id, String arn) {
        return id.equals(arn) || id.equals(arn.substring(0, arn.length() - RANDOM_CHARACTERS - 1));
    }
}
