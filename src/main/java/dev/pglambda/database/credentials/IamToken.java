package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the token that serves as password for a login with IAM: a URL signed by AWS Signature Version 4, without its
 * scheme. Needs no network. A token is valid for 15 minutes, or as long as the keys if that is shorter.
 *
 * @param keys to sign with
 * @param region of the server
 */
record IamToken(AwsKeys keys, String region) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "rds-db";
    private static final String LIFETIME_SECONDS = "900";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The token for a user of a server, signed at this moment. The host must be RDS's own name, not an alias. */
    String of(Server server, String user, Instant now) {
        String timestamp = TIMESTAMP.format(now);
        String scope = timestamp.substring(0, 8) + "/" + region + "/" + SERVICE + "/aws4_request";
        String authority = server.host() + ":" + server.port();
        String query = query(user, timestamp, scope);
        String request = String.join("\n", "GET", "/", query, "host:" + authority, "", "host", sha256(""));
        String toSign = String.join("\n", ALGORITHM, timestamp, scope, sha256(request));
        return authority + "/?" + query + "&X-Amz-Signature=" + HexFormat.of().formatHex(hmac(key(scope), toSign));
    }

    private String query(String user, String timestamp, String scope) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("Action", "connect");
        parameters.put("DBUser", user);
        parameters.put("X-Amz-Algorithm", ALGORITHM);
        parameters.put("X-Amz-Credential", keys.accessKeyId() + "/" + scope);
        parameters.put("X-Amz-Date", timestamp);
        parameters.put("X-Amz-Expires", LIFETIME_SECONDS);
        parameters.put("X-Amz-SignedHeaders", "host");
        keys.sessionToken().ifPresent(token -> parameters.put("X-Amz-Security-Token", token));
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** By RFC 3986, which differs from a form's encoding in these three characters. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Derived from the secret by each part of the scope in turn. */
    private byte[] key(String scope) {
        byte[] key = ("AWS4" + keys.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
