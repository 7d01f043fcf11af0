package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Map;

/** Which secrets ListSecrets shows: those whose name begins with one of these. */
record SecretsFilter(List<String> beginnings) {

    SecretsFilter {
        beginnings = List.copyOf(beginnings);
    }

    /** Of AWS's filters only that by name, and only one. */
    static SecretsFilter of(List<?> filters) {
        if (filters.isEmpty()) {
            return new SecretsFilter(List.of(""));
        }
        if (filters.size() == 1
                && filters.get(0) instanceof Map<?, ?> filter
                && "name".equals(filter.get("Key"))
                && filter.get("Values") instanceof List<?> values) {
            return new SecretsFilter(values.stream().map(String::valueOf).toList());
        }
        throw SecretsException.invalidParameter("Of the filters there is here one by Key=name.");
    }

    boolean takes(StoredSecret secret) {
        return beginnings.stream().anyMatch(secret.facts().name()::startsWith);
    }
}
