package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A synthesized template. Values that refer to other resources are read as their JSON. */
public record SynthesizedTemplate(JsonNode json) {

    /** Of this type, by their logical ids. */
    public Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        json.get("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }

    /** The properties of the only one of this type. */
    public JsonNode only(String type) {
        return onlyResource(type).get("Properties");
    }

    /** The only resource of this type, with what it depends on. */
    public JsonNode onlyResource(String type) {
        return json.get("Resources").get(onlyId(type));
    }

    /** The logical id of the only resource of this type. */
    public String onlyId(String type) {
        Map<String, JsonNode> found = resources(type);
        assertThat(found).as(type).hasSize(1);
        return found.keySet().iterator().next();
    }

    /** The properties of the only one of this type whose logical id contains this. */
    public JsonNode only(String type, String part) {
        List<String> ids = resources(type).keySet().stream()
                .filter(id -> id.contains(part))
                .toList();
        assertThat(ids).as(type + " *" + part + "*").hasSize(1);
        return json.get("Resources").get(ids.get(0)).get("Properties");
    }

    /** The properties of the function of this name. */
    public JsonNode function(String name) {
        return resources("AWS::Lambda::Function").values().stream()
                .map(resource -> resource.get("Properties"))
                .filter(properties -> properties.path("FunctionName").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no function " + name));
    }

    /** The statements of all policies of the role with this logical id. */
    public List<JsonNode> statementsOf(String role) {
        List<JsonNode> statements = new ArrayList<>();
        for (JsonNode policy : resources("AWS::IAM::Policy").values()) {
            if (policy.at("/Properties/Roles").toString().contains("\"" + role + "\"")) {
                policy.at("/Properties/PolicyDocument/Statement").forEach(statements::add);
            }
        }
        return statements;
    }

    /** The logical id in a reference. */
    public static String target(JsonNode reference) {
        return reference.has("Ref")
                ? reference.get("Ref").asText()
                : reference.at("/Fn::GetAtt/0").asText();
    }
}
