package dev.pglambda.local;

/** What a person sees when the platform is ready: lines to copy and paste. */
final class Welcome {

    private Welcome() {}

    static String text(LocalPlatform platform) {
        return """

                psql, as the application and as the administrator:
                  psql postgresql://app:app@127.0.0.1:%1$d/demodb
                  psql postgresql://master:master@127.0.0.1:%1$d/demodb

                in psql:
                  SELECT process_data('{"id": 123, "value": "test"}');
                  SELECT transform_data('{"id": 456, "value": "hello world"}')->'transformedData'->>'uppercase';
                  SELECT validate_data('{"id": 789}')->'validationResult'->'missingFields';

                as the administrator, is anything wrong?
                  SELECT * FROM pglambda.check() WHERE NOT ok;

                the AWS CLI (version 2 also needs --cli-binary-format raw-in-base64-out):
                  aws lambda invoke --no-sign-request --region us-east-1 --endpoint-url %2$s \\
                    --function-name transform --payload '{"data":{"id":456,"value":"hello world"}}' out.json && cat out.json
                  aws secretsmanager get-secret-value --no-sign-request --region us-east-1 --endpoint-url %2$s \\
                    --secret-id pglambda/local/process
                """.formatted(platform.postgres().port(), platform.endpoint());
    }
}
