package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** A filter of ListSecrets: secrets whose name or description begins with one of the values; with ! in front, the others. */
record SecretFilter(String key, List<String> values) implements Predicate<StoredSecret> {

    SecretFilter {
        values = List.copyOf(values);
        if (!key.equals("name") && !key.equals("description")) {
            throw SecretsException.invalidParameter("The filters here are name and description.");
        }
        if (values.isEmpty() || values.size() > 10) {
            throw SecretsException.invalidParameter("A filter must have from 1 to 10 Values.");
        }
    }

    /** What all of the request's filters let pass. */
    static Predicate<StoredSecret> of(SecretsRequest request) {
        return request.list("Filters").stream()
                .<Predicate<StoredSecret>>map(SecretFilter::parse)
                .reduce(secret -> true, Predicate::and);
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are text
    private static SecretFilter parse(Object filter) {
        if (!(filter instanceof Map<?, ?> members)) {
            throw SecretsException.invalidParameter("Filters must be a list of objects.");
        }
        SecretsRequest request = new SecretsRequest((Map<String, Object>) members);
        return new SecretFilter(request.required("Key"), request.texts("Values"));
    }

    @Override
    public boolean test(StoredSecret secret) {
        return values.stream().anyMatch(value -> value.startsWith("!") != begins(secret, value.replaceFirst("^!", "")));
    }

    private boolean begins(StoredSecret secret, String start) {
        return key.equals("name")
                ? secret.name().startsWith(start)
                : secret.description().toLowerCase(Locale.ROOT).startsWith(start.toLowerCase(Locale.ROOT));
    }
}
