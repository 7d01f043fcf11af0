package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The parameters of one operation, each checked when it is asked for. Never prints: some are secret. */
record SecretsRequest(Map<String, Object> parameters) {

    Optional<String> text(String name) {
        Object value = parameters.get(name);
        if (value != null && !(value instanceof String)) {
            throw SecretsException.invalidParameter(name + " must be text.");
        }
        return Optional.ofNullable((String) value);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> SecretsException.invalidParameter("You must provide " + name + "."));
    }

    List<?> list(String name) {
        Object value = parameters.getOrDefault(name, List.of());
        if (!(value instanceof List<?> list)) {
            throw SecretsException.invalidParameter(name + " must be a list.");
        }
        return list;
    }

    List<String> texts(String name) {
        for (Object element : list(name)) {
            if (!(element instanceof String)) {
                throw SecretsException.invalidParameter(name + " must be a list of text.");
            }
        }
        return list(name).stream().map(String.class::cast).toList();
    }

    int number(String name, int least, int most) {
        Object value = parameters.getOrDefault(name, (long) most);
        if (value instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        throw SecretsException.invalidParameter(name + " must be from " + least + " to " + most + ".");
    }

    /** The version that SecretString or SecretBinary make; its id is the ClientRequestToken, which SDKs always send. */
    Optional<SecretVersion> version(double now) {
        Optional<String> text = text("SecretString");
        Optional<String> binary = text("SecretBinary");
        if (text.isPresent() && binary.isPresent()) {
            throw SecretsException.invalidParameter(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        String id = text("ClientRequestToken").orElseGet(() -> UUID.randomUUID().toString());
        return text.map(SecretValue::text)
                .or(() -> binary.map(SecretValue::binary))
                .map(value -> new SecretVersion(id, value, now));
    }

    @Override
    public String toString() {
        return "SecretsRequest" + parameters.keySet();
    }
}
