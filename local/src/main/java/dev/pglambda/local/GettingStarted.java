package dev.pglambda.local;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The welcome of a ready platform: lines to copy and paste, made from the deployed functions, their examples, and what
 * the application may call.
 */
final class GettingStarted {

    private static final String AWS = "--no-sign-request --region us-east-1 --endpoint-url ";

    /** SQL functions that need one argument, an item, by the function that they call. */
    private static final String WRAPPERS = """
            select f.name, min(case when pg_catalog.pg_function_is_visible(p.oid)
                                    then pg_catalog.quote_ident(p.proname)
                                    else pg_catalog.format('%I.%I', n.nspname, p.proname) end)
              from unnest(?::text[]) as f(name)
              join pg_catalog.pg_proc p
                on p.prokind = 'f'
               and p.prorettype = 'jsonb'::regtype
               and p.proargtypes[0] = 'jsonb'::regtype
               and p.pronargs - p.pronargdefaults = 1
               and pg_catalog.strpos(pg_catalog.pg_get_functiondef(p.oid), pg_catalog.quote_literal(f.name)) > 0
              join pg_catalog.pg_namespace n on n.oid = p.pronamespace
             where pg_catalog.has_function_privilege(p.oid, 'execute')
               and pg_catalog.has_schema_privilege(p.pronamespace, 'usage')
             group by f.name
            """;

    private final LocalPlatform platform;
    private final List<FunctionDescription> withExample;

    private GettingStarted(LocalPlatform platform) {
        this.platform = platform;
        this.withExample = platform.functions().stream()
                .map(ZipFunction::description)
                .filter(function -> function.callable() && function.example().isPresent())
                .toList();
    }

    static String text(LocalPlatform platform) throws SQLException {
        GettingStarted lines = new GettingStarted(platform);
        return """

                psql, as the application and as the administrator:
                  psql %s
                  psql %s
                %s
                as the administrator, is anything wrong?
                  SELECT * FROM pglambda.check() WHERE NOT ok;

                the AWS CLI (version 2 also needs --cli-binary-format raw-in-base64-out):
                %s""".formatted(
                        platform.postgres().appUri(LocalPostgres.DATABASE),
                        platform.postgres().masterUri(LocalPostgres.DATABASE),
                        lines.sql(),
                        lines.aws(platform.endpoint()));
    }

    private String sql() throws SQLException {
        Map<String, String> wrappers = wrappers();
        StringBuilder application = new StringBuilder();
        StringBuilder administrator = new StringBuilder();
        for (FunctionDescription function : withExample) {
            String item = literal(function.example().orElseThrow());
            if (wrappers.containsKey(function.name())) {
                application.append("  SELECT %s(%s);\n".formatted(wrappers.get(function.name()), item));
            } else {
                administrator.append("  SELECT pglambda.invoke(%s, %s);\n".formatted(literal(function.name()), item));
            }
        }
        return section("in psql, as the application:", application)
                + section("in psql, as the administrator, for functions without a wrapper:", administrator);
    }

    private static String section(String title, CharSequence lines) {
        return lines.isEmpty() ? "" : "\n" + title + "\n" + lines;
    }

    private Map<String, String> wrappers() throws SQLException {
        Map<String, String> wrappers = new TreeMap<>();
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                PreparedStatement statement = app.prepareStatement(WRAPPERS)) {
            statement.setArray(
                    1,
                    app.createArrayOf(
                            "text",
                            withExample.stream().map(FunctionDescription::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    wrappers.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return wrappers;
    }

    private String aws(URI endpoint) {
        Optional<String> invoke = withExample.stream()
                .filter(function -> !function.database())
                .findFirst()
                .or(() -> withExample.stream().findFirst())
                .map(function -> """
                          aws lambda invoke %s%s \\
                            --function-name %s --payload %s out.json && cat out.json
                        """.formatted(
                                AWS,
                                endpoint,
                                function.name(),
                                quoted(function.exampleEvent().orElseThrow())));
        Optional<String> secret = withExample.stream()
                .filter(FunctionDescription::database)
                .findFirst()
                .map(function -> """
                          aws secretsmanager get-secret-value %s%s \\
                            --secret-id %s
                        """.formatted(AWS, endpoint, FunctionUsers.SECRETS + function.name()));
        return invoke.orElse("") + secret.orElse("");
    }

    /** For SQL. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** For a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
