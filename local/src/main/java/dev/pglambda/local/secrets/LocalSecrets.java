package dev.pglambda.local.secrets;

import com.sun.net.httpserver.HttpHandler;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.InvokeApi;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The secrets of this machine, in memory: gone when it stops. Checks no signature, so every program that reaches its
 * port may read and write all of them.
 *
 * <p>Thread-safe: each operation is done as a whole before the next. No value is ever logged or part of a message.
 */
public final class LocalSecrets {

    /** What {@code X-Amz-Target} starts with: the name to mount it by. */
    public static final String SERVICE = "secretsmanager";

    private static final String ARN_PREFIX =
            "arn:aws:secretsmanager:" + FunctionArn.REGION + ":" + FunctionArn.ACCOUNT + ":secret:";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    private final RotationCalls rotation;
    /** By name; guarded by this, as is everything that it holds. */
    private final TreeMap<String, StoredSecret> secrets = new TreeMap<>();

    /**
     * Without secrets.
     *
     * @param lambda has the rotation functions
     * @param log takes one line for each rotation that fails
     */
    public LocalSecrets(InvokeApi lambda, Consumer<String> log) {
        this.rotation = new RotationCalls(lambda, log);
    }

    /** Creates a secret that has no value yet; returns its ARN. */
    public String declare(String name) {
        return create(name, "").arn();
    }

    /** Creates a secret with this text, or gives it a new current version; returns its ARN. */
    public synchronized String put(String name, String text) {
        StoredSecret secret = secrets.get(name);
        if (secret == null) {
            secret = create(name, "");
        }
        secret.put(new SecretVersion(UUID.randomUUID().toString(), Optional.of(text), now()), List.of());
        return secret.arn();
    }

    /** Answers the HTTP requests of the AWS CLI and SDKs. */
    public HttpHandler handler() {
        return new SecretsHandler(new SecretsOperations(this));
    }

    RotationCalls rotation() {
        return rotation;
    }

    /** Without a version. */
    synchronized StoredSecret create(String name, String description) {
        if (!NAME.matcher(name).matches()) {
            throw SecretsException.invalidParameter("Invalid name. Must be a valid name containing alphanumeric"
                    + " characters, or any of the following: -/_+=.@!");
        }
        if (secrets.containsKey(name)) {
            throw SecretsException.exists("The operation failed because the secret " + name + " already exists.");
        }
        StoredSecret secret = new StoredSecret(name, SecretArn.random(ARN_PREFIX, name), now());
        secret.describe(description);
        secrets.put(name, secret);
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

    synchronized void delete(StoredSecret secret) {
        secrets.remove(secret.name());
    }

    /** In the order of their names. */
    synchronized List<StoredSecret> all() {
        return List.copyOf(secrets.values());
    }

    /** In seconds, as AWS's JSON protocol writes times. */
    double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
