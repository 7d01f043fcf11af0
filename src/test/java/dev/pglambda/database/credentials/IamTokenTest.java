package dev.pglambda.database.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.database.settings.Server;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against tokens that boto3's generate_db_auth_token made from the same keys at the same moment. */
class IamTokenTest {

    private static final Server SERVER = new Server("db.cluster-abc.eu-central-1.rds.amazonaws.com", 5432, "demodb");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String BEGINNING = "db.cluster-abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect"
            + "&DBUser=pglambda_process&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Feu-central-1%2Frds-db%2Faws4_request"
            + "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=900";

    private static String token(Optional<String> sessionToken) {
        AwsKeys keys = new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken);
        return new IamToken(keys, "eu-central-1").of(SERVER, "pglambda_process", NOW);
    }

    @Test
    void a_token_of_lasting_keys_is_that_of_boto3() {
        assertThat(token(Optional.empty()))
                .isEqualTo(BEGINNING + "&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeaba48b4bc80fa87da35ac2e035ed1560e8139ed62201db263c5f62e6a325c");
    }

    @Test
    void a_token_of_a_roles_keys_is_that_of_boto3_with_its_parameters_sorted() {
        assertThat(token(Optional.of("IQoJb3JpZ2luX2VjE//+=/token")))
                .isEqualTo(BEGINNING + "&X-Amz-Security-Token=IQoJb3JpZ2luX2VjE%2F%2F%2B%3D%2Ftoken"
                        + "&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=baba8768c34471bea637d5e69ba1270275d3d00fdcccaed2aad2e1bd2d4ecfc7");
    }

    @Test
    void keys_never_print_what_is_secret() {
        assertThat(new AwsKeys("AKIDEXAMPLE", "secret-key", Optional.of("secret-token")).toString())
                .contains("AKIDEXAMPLE")
                .doesNotContain("secret-key", "secret-token");
    }
}
