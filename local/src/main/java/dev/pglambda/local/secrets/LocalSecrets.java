package dev.pglambda.local.secrets;

import com.sun.net.httpserver.HttpHandler;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The secrets of this machine, in memory: gone when it stops. Checks no signature, so whoever reaches the port that it is
 * mounted on may read and write all of them.
 *
 * <p>Thread-safe: each operation is done as a whole before the next. No value is ever logged or part of a message.
 */
public final class LocalSecrets {

    /** What {@code X-Amz-Target} starts with: the name to mount it by. */
    public static final String SERVICE = "secretsmanager";

    private final String arnPrefix;
    private final Clock clock = Clock.systemUTC();
    /** By name; guarded by this, as is everything that it holds. */
    private final TreeMap<String, StoredSecret> secrets = new TreeMap<>();

    /** Without secrets. Region and account are what the ARNs say. */
    public LocalSecrets(String region, String account) {
        this.arnPrefix = "arn:aws:secretsmanager:" + region + ":" + account + ":secret:";
    }

    /** Creates a secret that has no value yet; its ARN. */
    public String declare(String name) {
        return create(NewSecret.named(name)).arn();
    }

    /** Creates a secret with this text, or gives it a new current version; its ARN. */
    public synchronized String put(String name, String text) {
        StoredSecret secret = secrets.get(name);
        if (secret == null) {
            secret = create(NewSecret.named(name));
        }
        secret.put(new SecretVersion(UUID.randomUUID().toString(), SecretValue.text(text), now()), List.of());
        return secret.arn();
    }

    /** Answers the HTTP requests of the AWS CLI and SDKs. */
    public HttpHandler handler() {
        return new SecretsHandler(new SecretsOperations(this));
    }

    /** Without a version. */
    synchronized StoredSecret create(NewSecret wanted) {
        if (secrets.containsKey(wanted.name())) {
            throw SecretsException.exists(
                    "The operation failed because the secret " + wanted.name() + " already exists.");
        }
        StoredSecret secret = new StoredSecret(wanted, SecretArn.random(arnPrefix, wanted.name()), now());
        secrets.put(wanted.name(), secret);
        return secret;
    }

    /** By name, ARN, or ARN without the random end. */
    synchronized Optional<StoredSecret> find(String id) {
        StoredSecret named = secrets.get(id);
        return named != null
                ? Optional.of(named)
                : secrets.values().stream()
                        .filter(secret -> SecretArn.means(id, secret.arn()))
                        .findFirst();
    }

    StoredSecret get(String id) {
        return find(id).orElseThrow(
                        () -> SecretsException.notFound("Secrets Manager can't find the specified secret."));
    }

    /** In the order of their names, those after the given one. */
    synchronized List<StoredSecret> after(String name) {
        return List.copyOf(secrets.tailMap(name, false).values());
    }

    double now() {
        return clock.millis() / 1000.0;
    }
}
