package dev.pglambda.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code function.json} strictly: no unknown member, no value that would have to be converted. */
final class DescriptionReader {

    /** Numbers of an example keep every digit. */
    private static final JSON READER = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Map<String, Object> members;
    private final DescriptionErrors errors = new DescriptionErrors();
    private final Set<String> asked = new HashSet<>();

    private DescriptionReader(Map<String, Object> members) {
        this.members = members;
    }

    static FunctionDescription read(Path file) throws IOException {
        try {
            return new DescriptionReader(members(Files.readAllBytes(file))).description();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ": " + e.getOriginalMessage() + " in line "
                            + e.getLocation().getLineNr(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> members(byte[] json) throws IOException {
        try (JsonParser parser = READER.createParser(json)) {
            if (parser.nextToken() == null || !parser.isExpectedStartObjectToken()) {
                throw new IllegalArgumentException("must be a JSON object");
            }
            Map<String, Object> members = READER.mapFrom(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("must be one JSON object and nothing after it");
            }
            return members;
        }
    }

    private FunctionDescription description() throws IOException {
        Optional<String> name = required("name", String.class);
        Optional<String> handler = optional("handler", String.class);
        Optional<String> description = required("description", String.class);
        Optional<Integer> memoryMb = required("memoryMb", Integer.class);
        Optional<Integer> timeoutSeconds = required("timeoutSeconds", Integer.class);
        Optional<Boolean> database = required("database", Boolean.class);
        List<String> roles = texts("roles");
        boolean installer = optional("installer", Boolean.class).orElse(false);
        boolean callable = optional("callable", Boolean.class).orElse(true);
        Optional<Integer> maxConcurrency = optional("maxConcurrency", Integer.class);
        List<String> sql = texts("sql");
        Optional<String> example = example();
        members.keySet().stream()
                .filter(member -> !asked.contains(member))
                .forEach(member -> errors.add("unknown member " + member));
        errors.throwIfAny();
        return new FunctionDescription(
                name.orElseThrow(),
                handler.orElse(FunctionDescription.DEFAULT_HANDLER),
                description.orElseThrow(),
                memoryMb.orElseThrow(),
                timeoutSeconds.orElseThrow(),
                database.orElseThrow(),
                roles,
                installer,
                callable,
                maxConcurrency.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                sql,
                example);
    }

    private <T> Optional<T> required(String member, Class<T> type) {
        errors.addUnless(members.containsKey(member), member + " is missing");
        return optional(member, type);
    }

    private <T> Optional<T> optional(String member, Class<T> type) {
        asked.add(member);
        if (!members.containsKey(member)) {
            return Optional.empty();
        }
        Object value = members.get(member);
        if (!type.isInstance(value)) {
            errors.add(member + " must be " + nameOf(type));
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }

    private List<String> texts(String member) {
        asked.add(member);
        Object value = members.getOrDefault(member, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(DescriptionReader::isText)) {
            return Arrays.asList(list.toArray(String[]::new));
        }
        errors.add(member + " must be a list of texts that are not blank");
        return List.of();
    }

    private static boolean isText(Object value) {
        return value instanceof String text && !text.isBlank();
    }

    private Optional<String> example() throws IOException {
        asked.add("example");
        return members.containsKey("example") ? Optional.of(READER.asString(members.get("example"))) : Optional.empty();
    }

    private static String nameOf(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        return type == Integer.class ? "a whole number" : "true or false";
    }
}
