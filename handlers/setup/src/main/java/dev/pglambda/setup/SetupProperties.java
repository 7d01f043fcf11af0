package dev.pglambda.setup;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be set up.
 *
 * @param installSchema where the wrappers go; empty for where they are, or {@code public}
 * @param members who is granted the bundle's roles: role names by role
 * @param extensions of the server, that the bundle makes use of where they are
 * @param logins users who are made, or given the password of their secret, or let in by IAM
 * @param dropOnDelete whether a deletion removes the bundle from the database
 */
record SetupProperties(
        List<FunctionEntry> functions,
        Optional<String> installSchema,
        List<String> extensions,
        Map<String, List<String>> members,
        List<LoginEntry> logins,
        boolean dropOnDelete) {

    /** What CloudFormation adds by itself, and a property to change when nothing else has, to be run again. */
    private static final List<String> IGNORED = List.of("ServiceToken", "ServiceTimeout", "Trigger");

    private static final List<String> PROPERTIES =
            List.of("Functions", "InstallSchema", "Extensions", "Members", "Logins", "DropOnDelete");
    private static final Set<String> FUNCTION_PROPERTIES = orderedSet(List.of(
            "name",
            "arn",
            "region",
            "qualifier",
            "timeoutMs",
            "maxBatchItems",
            "maxConcurrency",
            "maxAttempts",
            "action",
            "sql"));
    private static final Set<String> LOGIN_PROPERTIES = orderedSet(List.of("secretArn", "user", "roles"));
    private static final Set<String> ROLES =
            orderedSet(List.of("pglambda_invoker", "pglambda_operator", "pglambda_deliverer", "pglambda_process"));

    SetupProperties {
        functions = List.copyOf(functions);
        extensions = List.copyOf(extensions);
        members = Map.copyOf(members);
        logins = List.copyOf(logins);
    }

    /** Throws {@link SetupException} that lists every mistake. */
    static SetupProperties of(JsonNode properties) {
        List<String> mistakes = new ArrayList<>();
        PropertyReader reader = new PropertyReader("", properties, mistakes);
        List<String> known = new ArrayList<>(PROPERTIES);
        known.addAll(IGNORED);
        reader.allowOnly(orderedSet(known));
        SetupProperties read = new SetupProperties(
                reader.objects("Functions").stream()
                        .map(SetupProperties::function)
                        .toList(),
                reader.text("InstallSchema"),
                reader.texts("Extensions"),
                members(reader.object("Members")),
                reader.objects("Logins").stream().map(SetupProperties::login).toList(),
                reader.flag("DropOnDelete"));
        requireNone(mistakes);
        return read;
    }

    /** Only that one: a resource whose other properties are wrong must still be deletable. */
    static boolean dropOnDelete(JsonNode properties) {
        List<String> mistakes = new ArrayList<>();
        boolean drop = new PropertyReader("", properties, mistakes).flag("DropOnDelete");
        requireNone(mistakes);
        return drop;
    }

    /** The names of functions in properties that were accepted once, or not: what cannot be read is left out. */
    static Set<String> functionNames(JsonNode properties) {
        Set<String> names = new LinkedHashSet<>();
        for (PropertyReader function : new PropertyReader("", properties, new ArrayList<>()).objects("Functions")) {
            function.text("name").ifPresent(names::add);
        }
        return names;
    }

    /** The signatures in properties that were accepted once, or not. */
    static Set<String> signatures(JsonNode properties) {
        Set<String> signatures = new LinkedHashSet<>();
        for (PropertyReader function : new PropertyReader("", properties, new ArrayList<>()).objects("Functions")) {
            signatures.addAll(function.texts("sql"));
        }
        return signatures;
    }

    private static FunctionEntry function(PropertyReader function) {
        function.allowOnly(FUNCTION_PROPERTIES);
        return new FunctionEntry(
                function.required("name"),
                function.required("arn"),
                function.text("region"),
                function.text("qualifier"),
                function.number("timeoutMs"),
                function.number("maxBatchItems"),
                function.number("maxConcurrency"),
                function.number("maxAttempts"),
                function.text("action"),
                function.texts("sql"));
    }

    private static LoginEntry login(PropertyReader login) {
        login.allowOnly(LOGIN_PROPERTIES);
        Optional<String> user = login.text("user");
        Optional<String> secret = user.isPresent() ? login.text("secretArn") : Optional.of(login.required("secretArn"));
        if (user.isPresent() && secret.isPresent()) {
            login.mistake("user", "is for a user without a password: name either it or secretArn");
        }
        return new LoginEntry(secret, user, login.textsOf("roles", ROLES));
    }

    private static Map<String, List<String>> members(PropertyReader roles) {
        roles.allowOnly(ROLES);
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String role : roles.names()) {
            members.put(role, roles.texts(role));
        }
        return members;
    }

    private static void requireNone(List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            throw new SetupException(
                    "nothing was done, because of the resource's properties: " + String.join("; ", mistakes));
        }
    }

    private static Set<String> orderedSet(List<String> names) {
        return new LinkedHashSet<>(names);
    }
}
