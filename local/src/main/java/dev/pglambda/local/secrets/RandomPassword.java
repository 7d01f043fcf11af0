package dev.pglambda.local.secrets;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operation GetRandomPassword. */
final class RandomPassword {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The characters of each type, by the parameter that excludes them. */
    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz",
            "ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "ExcludeNumbers", "0123456789",
            "ExcludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));

    private RandomPassword() {}

    static String of(SecretsRequest request) {
        int length = request.number("PasswordLength", 1, 4096, 32);
        List<String> types = types(request);
        String all = String.join("", types) + (request.flag("IncludeSpace", false) ? " " : "");
        List<Character> password = new ArrayList<>();
        if (request.flag("RequireEachIncludedType", true)) {
            types.forEach(type -> password.add(oneOf(type)));
        }
        if (all.isEmpty() || password.size() > length) {
            throw SecretsException.invalidParameter(
                    "A password of " + length + " characters cannot have all the types that are asked for.");
        }
        while (password.size() < length) {
            password.add(oneOf(all));
        }
        Collections.shuffle(password, RANDOM);
        StringBuilder text = new StringBuilder();
        password.forEach(text::append);
        return text.toString();
    }

    /** Of each type that is not excluded as a whole, the characters that are not excluded one by one. */
    private static List<String> types(SecretsRequest request) {
        String excluded = request.text("ExcludeCharacters").orElse("");
        List<String> types = new ArrayList<>();
        TYPES.forEach((parameter, characters) -> {
            StringBuilder left = new StringBuilder(characters);
            for (int i = left.length() - 1; i >= 0; i--) {
                if (excluded.indexOf(left.charAt(i)) >= 0) {
                    left.deleteCharAt(i);
                }
            }
            if (!request.flag(parameter, false) && !left.isEmpty()) {
                types.add(left.toString());
            }
        });
        return types;
    }

    private static char oneOf(String characters) {
        return characters.charAt(RANDOM.nextInt(characters.length()));
    }
}
