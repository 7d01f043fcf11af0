package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Least privilege: cdk-nag's rules for AWS Solutions, and ours. */
@NeedsNode
class PoliciesTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    /** Actions without resources in IAM, or whose resources have no ARN before the deployment. */
    private static final String WITHOUT_ARN = "xray:Put.*|ec2:.*|secretsmanager:GetRandomPassword";

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void nothing_is_allowed_on_everything_where_an_arn_is_known(String variant) {
        List<JsonNode> statements = new ArrayList<>();
        Synthesis.template(variant).json().findValues("PolicyDocument").forEach(document -> document.get("Statement")
                .forEach(statements::add));
        assertThat(statements).hasSizeGreaterThan(4);
        for (JsonNode statement : statements) {
            if (statement.get("Effect").asText().equals("Allow")
                    && texts(statement.get("Resource")).contains("*")) {
                assertThat(texts(statement.get("Action"))).allMatch(action -> action.matches(WITHOUT_ARN));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void no_action_is_allowed_by_wildcard(String variant) {
        Synthesis.template(variant)
                .json()
                .findValues("Statement")
                .forEach(list -> list.forEach(statement -> {
                    if (statement.get("Effect").asText().equals("Allow")) {
                        assertThat(texts(statement.get("Action"))).noneMatch(action -> action.contains("*"));
                    }
                }));
    }

    /** In GovCloud and China ARNs begin with another word. An ARN that was given is taken as it is. */
    @ParameterizedTest
    @FieldSource("VARIANTS")
    void no_arn_is_written_by_hand(String variant) {
        String given = Synthesis.EXISTING_CONTEXT.get("existingSecretArn");
        assertThat(Synthesis.template(variant).json().toString().replace(given, ""))
                .doesNotContain("arn:aws");
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void cdk_nag_finds_nothing_that_is_not_explained(String variant) {
        assertThat(Synthesis.unexplained(variant)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void every_explanation_is_at_least_a_sentence(String variant) {
        List<JsonNode> explanations = new ArrayList<>();
        Synthesis.template(variant)
                .json()
                .findValues("rules_to_suppress")
                .forEach(rules -> rules.forEach(explanations::add));
        assertThat(explanations).isNotEmpty().allSatisfy(explanation -> assertThat(
                        explanation.get("reason").asText())
                .hasSizeGreaterThan(60)
                .matches("[A-Za-z].*\\."));
    }

    private static Set<String> texts(JsonNode oneOrMore) {
        Set<String> texts = new TreeSet<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(element -> texts.add(element.asText()));
        } else {
            texts.add(oneOrMore.asText());
        }
        return texts;
    }
}
