package dev.pglambda.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The functions' policies, evaluated: each call that a function makes is allowed, nothing more, and nothing of another's. */
@NeedsNode
class RightsTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    /** What Lambda does with the function's role before the function runs; the function's own code is denied it. */
    private static final List<String> NETWORK_INTERFACES = List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses");

    /** An action on a resource, as the template names it. */
    private record Call(String action, JsonNode resource) {}

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void every_call_that_a_function_makes_is_allowed_and_no_other_one(String variant) {
        for (FunctionFolder folder : Synthesis.shared().artifacts().functions()) {
            assertThat(allowed(variant, folder)).as(folder.name()).isEqualTo(made(variant, folder));
        }
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void a_function_may_not_log_in_as_another_one(String variant) {
        List<FunctionFolder> folders = Synthesis.shared().artifacts().functions();
        for (FunctionFolder folder : folders) {
            for (FunctionFolder other : folders) {
                // Setup reads the secrets of the users that it makes.
                if (!folder.equals(other) && !folder.description().installer()) {
                    assertThat(allowed(variant, folder)).noneMatch(texts(logins(variant, other))::contains);
                }
            }
        }
    }

    private static TreeSet<String> made(String variant, FunctionFolder folder) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode function = function(variant, folder);
        List<Call> calls = new ArrayList<>(logins(variant, folder));
        JsonNode log = at(template, "AWS::Logs::LogGroup", function.at("/LoggingConfig/LogGroup"));
        calls.add(new Call("logs:CreateLogStream", log));
        calls.add(new Call("logs:PutLogEvents", log));
        calls.add(new Call("xray:PutTraceSegments", everything()));
        calls.add(new Call("xray:PutTelemetryRecords", everything()));
        if (folder.description().database()) {
            NETWORK_INTERFACES.forEach(action -> calls.add(new Call(action, everything())));
        }
        if (folder.description().callable()) {
            calls.add(new Call("sqs:SendMessage", function.at("/DeadLetterConfig/TargetArn")));
        }
        if (folder.description().installer()) {
            template.only("Custom::PglambdaBundle").get("Logins").findValues("secretArn").stream()
                    .map(secret -> new Call("secretsmanager:GetSecretValue", secret))
                    .forEach(calls::add);
        }
        return texts(calls);
    }

    private static List<Call> logins(String variant, FunctionFolder folder) {
        JsonNode variables = function(variant, folder).at("/Environment/Variables");
        List<Call> calls = new ArrayList<>();
        if (variables.has("DB_SECRET_ARN")) {
            calls.add(new Call("secretsmanager:GetSecretValue", variables.get("DB_SECRET_ARN")));
        }
        if (variables.path("DB_AUTH").asText().equals("iam")) {
            String user = "/" + variables.get("DB_USER").asText();
            Synthesis.template(variant).json().findValues("PolicyDocument").stream()
                    .flatMap(policy -> policy.findValues("Resource").stream())
                    .filter(resource -> resource.toString().contains(":dbuser:"))
                    .filter(resource -> resource.toString().contains(user + "\""))
                    .findFirst()
                    .ifPresent(resource -> calls.add(new Call("rds-db:connect", resource)));
        }
        return calls;
    }

    private static TreeSet<String> allowed(String variant, FunctionFolder folder) {
        String role = SynthesizedTemplate.target(function(variant, folder).get("Role"));
        List<Call> calls = new ArrayList<>();
        Synthesis.template(variant).statementsOf(role).stream()
                .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                .forEach(statement -> elements(statement.get("Action"))
                        .forEach(action -> elements(statement.get("Resource"))
                                .forEach(resource -> calls.add(new Call(action.asText(), resource)))));
        return texts(calls);
    }

    private static JsonNode function(String variant, FunctionFolder folder) {
        return Synthesis.template(variant).function(Synthesis.prefix(variant) + "-" + folder.name());
    }

    /** The ARN of what is referred to by its name. */
    private static JsonNode at(SynthesizedTemplate template, String type, JsonNode reference) {
        String id = SynthesizedTemplate.target(reference);
        assertThat(template.resources(type)).containsKey(id);
        ObjectNode arn = JsonNodeFactory.instance.objectNode();
        arn.putArray("Fn::GetAtt").add(id).add("Arn");
        return arn;
    }

    private static JsonNode everything() {
        return TextNode.valueOf("*");
    }

    private static Stream<JsonNode> elements(JsonNode oneOrMore) {
        List<JsonNode> elements = new ArrayList<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(elements::add);
        } else {
            elements.add(oneOrMore);
        }
        return elements.stream();
    }

    private static TreeSet<String> texts(List<Call> calls) {
        return calls.stream()
                .map(call -> call.action() + " " + call.resource())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
