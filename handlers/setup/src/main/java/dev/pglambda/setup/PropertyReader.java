package dev.pglambda.setup;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of one JSON object as CloudFormation writes them: numbers and booleans may be text. Collects all
 * mistakes instead of stopping at the first one.
 */
final class PropertyReader {

    private final String path;
    private final Map<String, JsonNode> members = new LinkedHashMap<>();
    private final List<String> mistakes;

    PropertyReader(String path, JsonNode object, List<String> mistakes) {
        this.path = path;
        this.mistakes = mistakes;
        if (object.isObject()) {
            object.entries().forEach(member -> members.put(member.getKey(), member.getValue()));
        } else if (!object.isNull()) {
            mistakes.add((path.isEmpty() ? "ResourceProperties" : path) + " must be an object");
        }
    }

    void allowOnly(Set<String> names) {
        members.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> mistakes.add(at(name) + " is unknown: there are " + String.join(", ", names)));
    }

    String required(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty() && !members.containsKey(name)) {
            mistakes.add(at(name) + " is missing");
        }
        return text.orElse("");
    }

    /** Blank counts as absent: templates leave empty parameters so. */
    Optional<String> text(String name) {
        Optional<JsonNode> value = member(name);
        if (value.isPresent() && !value.get().isString()) {
            mistakes.add(at(name) + " must be text");
            return Optional.empty();
        }
        return value.map(JsonNode::getStringValue).filter(text -> !text.isBlank());
    }

    Optional<Integer> number(String name) {
        Optional<String> text = scalar(name);
        try {
            return text.map(Integer::valueOf);
        } catch (NumberFormatException e) {
            mistakes.add(at(name) + " must be a whole number, not '" + text.get() + "'");
            return Optional.empty();
        }
    }

    void mistake(String name, String what) {
        mistakes.add(at(name) + " " + what);
    }

    boolean flag(String name) {
        String text = scalar(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            mistakes.add(at(name) + " must be true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (element.isString() && !element.getStringValue().isBlank()) {
                texts.add(element.getStringValue());
            } else {
                mistakes.add(at(name) + " must be a list of names");
            }
        }
        return texts;
    }

    /** Texts, each of which must be one of these. */
    List<String> textsOf(String name, Set<String> allowed) {
        List<String> texts = texts(name);
        texts.stream()
                .filter(text -> !allowed.contains(text))
                .forEach(text ->
                        mistakes.add(at(name) + ": '" + text + "' is not one of " + String.join(", ", allowed)));
        return texts;
    }

    /** A reader for each object of a list. */
    List<PropertyReader> objects(String name) {
        List<PropertyReader> readers = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            readers.add(new PropertyReader(at(name) + "[" + readers.size() + "]", element, mistakes));
        }
        return readers;
    }

    PropertyReader object(String name) {
        return new PropertyReader(at(name), member(name).orElse(JsonNode.nullNode()), mistakes);
    }

    Set<String> names() {
        return members.keySet();
    }

    private List<JsonNode> elements(String name) {
        List<JsonNode> elements = new ArrayList<>();
        Optional<JsonNode> list = member(name);
        if (list.isPresent() && list.get().isArray()) {
            list.get().values().forEach(elements::add);
        } else if (list.isPresent()) {
            mistakes.add(at(name) + " must be a list");
        }
        return elements;
    }

    private Optional<String> scalar(String name) {
        Optional<JsonNode> value = member(name);
        if (value.isPresent() && value.get().isContainerNode()) {
            mistakes.add(at(name) + " must be one value");
            return Optional.empty();
        }
        return value.map(JsonNode::coerceStringValue).filter(text -> !text.isBlank());
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isNull());
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
