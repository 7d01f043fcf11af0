package dev.pglambda.infra.database;

import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** What RDS calls a database server: an Aurora cluster, or an instance of RDS for PostgreSQL. */
public record DatabaseName(Kind kind, String identifier) {

    /** A cluster or an instance. */
    public enum Kind {
        CLUSTER("cluster", "DBCluster"),
        INSTANCE("db", "DBInstance");

        private final String resource;
        private final String api;

        Kind(String resource, String api) {
            this.resource = resource;
            this.api = api;
        }

        /** In the names of RDS's operations, parameters and errors. */
        public String api() {
            return api;
        }
    }

    /** In the stack's account and region. */
    public String arn(Construct scope) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("rds")
                        .resource(kind.resource)
                        .resourceName(identifier)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    /** The parameter by which RDS's operations take it. */
    public Map<String, Object> parameter() {
        return Map.of(kind.api + "Identifier", identifier);
    }
}
