package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The parameters of one operation, each checked when it is asked for. Never prints: some are secret. */
record SecretsRequest(Map<String, Object> parameters) {

    Optional<String> text(String name) {
        return value(name, String.class, "text");
    }

    String required(String name) {
        return text(name).orElseThrow(() -> SecretsException.invalidParameter("You must provide " + name + "."));
    }

    List<?> list(String name) {
        return value(name, List.class, "a list").orElseGet(List::of);
    }

    List<String> texts(String name) {
        for (Object element : list(name)) {
            if (!(element instanceof String)) {
                throw SecretsException.invalidParameter(name + " must be a list of text.");
            }
        }
        return list(name).stream().map(String.class::cast).toList();
    }

    Map<?, ?> object(String name) {
        return value(name, Map.class, "an object").orElseGet(Map::of);
    }

    boolean flag(String name, boolean absent) {
        return value(name, Boolean.class, "true or false").orElse(absent);
    }

    int number(String name, int min, int max, int absent) {
        int number = value(name, Integer.class, "a whole number").orElse(absent);
        if (number < min || number > max) {
            throw SecretsException.invalidParameter(name + " must be from " + min + " to " + max + ".");
        }
        return number;
    }

    /** The ClientRequestToken, which SDKs always send: the id of the version that the request makes. */
    String token() {
        return text("ClientRequestToken").orElseGet(() -> UUID.randomUUID().toString());
    }

    /** The version that SecretString makes. */
    Optional<SecretVersion> version(double now) {
        if (parameters.containsKey("SecretBinary")) {
            throw SecretsException.invalidParameter("There are no binary values here: use SecretString.");
        }
        return text("SecretString").map(value -> new SecretVersion(token(), Optional.of(value), now));
    }

    @Override
    public String toString() {
        return "SecretsRequest" + parameters.keySet();
    }

    /** Null is as absent. */
    private <T> Optional<T> value(String name, Class<T> type, String typeName) {
        Object value = parameters.get(name);
        if (value != null && !type.isInstance(value)) {
            throw SecretsException.invalidParameter(name + " must be " + typeName + ".");
        }
        return Optional.ofNullable(type.cast(value));
    }
}
