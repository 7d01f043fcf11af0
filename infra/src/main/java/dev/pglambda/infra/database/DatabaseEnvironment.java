package dev.pglambda.infra.database;

import dev.pglambda.infra.network.Network;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a function finds its database, as the environment variables that the database layer reads (docs/database.md). Holds
 * no secret, only the ARN of one. Values may be tokens of CDK.
 *
 * @param secretArn the secret with its user and password
 * @param host the server's, for secrets that leave it out, as those that RDS manages do
 * @param proxyHost the endpoint of an RDS Proxy to connect to instead
 */
public record DatabaseEnvironment(String secretArn, String host, String database, Optional<String> proxyHost) {

    public DatabaseEnvironment {
        Objects.requireNonNull(secretArn);
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        Objects.requireNonNull(proxyHost);
    }

    /** The variables, sorted. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "DB_SECRET_ARN", secretArn,
                "DB_HOST", host,
                "DB_PORT", String.valueOf(Network.PORT),
                "DB_NAME", database,
                // After a failover the new writer is found in 5 s instead of the 30 for which the JVM remembers
                // addresses.
                "JAVA_TOOL_OPTIONS", "-Dsun.net.inetaddr.ttl=5"));
        proxyHost.ifPresent(host -> variables.put("DB_PROXY_HOST", host));
        return variables;
    }
}
