package dev.pglambda.infra.database;

import dev.pglambda.infra.network.Network;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The address of a function's database, as the environment variables that the database layer reads (docs/database.md).
 * Contains no secret, only the ARN of one. Values may be tokens of CDK.
 *
 * @param host of the server, for secrets without it, such as those that RDS manages
 * @param proxyHost the endpoint of an RDS Proxy to connect to instead
 * @param rootCert the file with the authorities to trust, where they are not those that the layer knows
 */
public record DatabaseEnvironment(
        DatabaseLogin login, String host, String database, Optional<String> proxyHost, Optional<String> rootCert) {

    /** The variables, sorted. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "DB_HOST",
                host,
                "DB_PORT",
                String.valueOf(Network.PORT),
                "DB_NAME",
                database,
                // After a failover the new writer is found in 5 s: the JVM would keep its address for 30 s.
                "JAVA_TOOL_OPTIONS",
                "-Dsun.net.inetaddr.ttl=5"));
        variables.putAll(login.variables());
        proxyHost.ifPresent(host -> variables.put("DB_PROXY_HOST", host));
        rootCert.ifPresent(file -> variables.put("DB_SSL_ROOT_CERT", file));
        return variables;
    }
}
