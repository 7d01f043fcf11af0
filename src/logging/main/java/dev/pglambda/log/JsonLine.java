package dev.pglambda.log;

import java.util.HashSet;
import java.util.Set;

/** One JSON object of texts, in one line. A name is added once; later values for it are dropped. Used once. */
final class JsonLine {

    private final StringBuilder json = new StringBuilder(256).append('{');
    private final Set<String> names = new HashSet<>();

    JsonLine add(String name, String value) {
        if (!names.add(name)) {
            return this;
        }
        if (json.length() > 1) {
            json.append(',');
        }
        quote(name);
        json.append(':');
        quote(String.valueOf(value));
        return this;
    }

    String end() {
        return json.append("}\n").toString();
    }

    private void quote(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        json.append("\\u").append(hex(c)); // also half of a surrogate pair, which is not valid text
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static String hex(char c) {
        return Integer.toHexString(0x10000 | c).substring(1);
    }
}
