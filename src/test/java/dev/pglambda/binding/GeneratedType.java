package dev.pglambda.binding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A type for {@link GeneratedTypesTest}: its Java source, one right value in JSON, and the kinds of value that are
 * right at each place.
 */
sealed interface GeneratedType {

    /** One value in JSON of each kind. */
    Map<String, String> SAMPLES = samples();

    String java();

    /** A right value, with the value at one place replaced. */
    String json(String path, String replacedPath, String replacement);

    /** Adds all places of a value: each path with the kinds that are right there. */
    void places(String path, Map<String, Set<String>> places);

    private static Map<String, String> samples() {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("text", "\"5\"");
        samples.put("integer", "5");
        samples.put("fraction", "1.5");
        samples.put("boolean", "true");
        samples.put("empty array", "[]");
        samples.put("array", "[5]");
        samples.put("object", "{\"a\": 5}");
        samples.put("null", "null");
        return samples;
    }

    record Scalar(String java, String right, Set<String> kinds) implements GeneratedType {

        @Override
        public String json(String path, String replacedPath, String replacement) {
            return path.equals(replacedPath) ? replacement : right;
        }

        @Override
        public void places(String path, Map<String, Set<String>> places) {
            places.put(path, kinds);
        }
    }

    record Container(String java, GeneratedType element, boolean isMap) implements GeneratedType {

        private String child(String path) {
            return isMap ? Violation.child(path, "key") : path + "[1]";
        }

        @Override
        public String json(String path, String replacedPath, String replacement) {
            if (path.equals(replacedPath)) {
                return replacement;
            }
            String second = element.json(child(path), replacedPath, replacement);
            String first = element.json("", "none", "");
            return isMap ? "{\"first\": " + first + ", \"key\": " + second + "}" : "[" + first + ", " + second + "]";
        }

        @Override
        public void places(String path, Map<String, Set<String>> places) {
            places.put(path, isMap ? Set.of("object", "null") : Set.of("array", "empty array", "null"));
            element.places(child(path), places);
        }
    }

    record Maybe(GeneratedType value) implements GeneratedType {

        @Override
        public String java() {
            return "java.util.Optional<" + value.java() + ">";
        }

        @Override
        public String json(String path, String replacedPath, String replacement) {
            return value.json(path, replacedPath, replacement);
        }

        @Override
        public void places(String path, Map<String, Set<String>> places) {
            value.places(path, places);
        }
    }

    record Bean(String java, List<Member> members, boolean hasSetters) implements GeneratedType {

        record Member(String javaName, String jsonName, GeneratedType type) {}

        @Override
        public String json(String path, String replacedPath, String replacement) {
            if (path.equals(replacedPath)) {
                return replacement;
            }
            List<String> written = new ArrayList<>();
            for (Member member : members) {
                written.add("\"" + member.jsonName() + "\": "
                        + member.type().json(Violation.child(path, member.jsonName()), replacedPath, replacement));
            }
            return "{" + String.join(", ", written) + "}";
        }

        @Override
        public void places(String path, Map<String, Set<String>> places) {
            places.put(path, path.isEmpty() ? Set.of("object") : Set.of("object", "null"));
            members.forEach(member -> member.type().places(Violation.child(path, member.jsonName()), places));
        }

        String source() {
            StringBuilder source = new StringBuilder("package generated;\n@io.micronaut.serde.annotation.Serdeable\n");
            List<String> declared = new ArrayList<>();
            for (Member member : members) {
                String renamed = "@com.fasterxml.jackson.annotation.JsonProperty(\"" + member.jsonName() + "\") ";
                String nullable = "@io.micronaut.core.annotation.Nullable ";
                declared.add((member.javaName().equals(member.jsonName()) ? "" : renamed)
                        + (member.type() instanceof Maybe ? "" : nullable)
                        + member.type().java() + " "
                        + member.javaName());
            }
            if (!hasSetters) {
                return source + "public record " + java + "(" + String.join(", ", declared) + ") {}\n";
            }
            source.append("public class ").append(java).append(" {\n");
            for (int i = 0; i < members.size(); i++) {
                source.append(accessors(members.get(i), declared.get(i)));
            }
            return source.append("}\n").toString();
        }

        private static String accessors(Member member, String declared) {
            String name = member.javaName();
            String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            String type = member.type().java();
            return "    private " + declared + ";\n    public " + type + " get" + upper + "() { return " + name
                    + "; }\n    public void set" + upper + "(" + type + " value) { this." + name + " = value; }\n";
        }
    }

    /** Makes types at random, the same for the same seed. */
    final class Generator {

        private static final Set<String> WHOLE = Set.of("integer");
        private static final Set<String> NUMBER = Set.of("integer", "fraction");

        private static final List<Scalar> SCALARS = List.of(
                new Scalar("int", "1", WHOLE),
                new Scalar("long", "2", WHOLE),
                new Scalar("short", "3", WHOLE),
                new Scalar("byte", "4", WHOLE),
                new Scalar("double", "1.25", NUMBER),
                new Scalar("float", "0.5", NUMBER),
                new Scalar("boolean", "true", Set.of("boolean")),
                new Scalar("Integer", "1", withNull(WHOLE)),
                new Scalar("Long", "1", withNull(WHOLE)),
                new Scalar("java.math.BigInteger", "1", withNull(WHOLE)),
                new Scalar("java.math.BigDecimal", "1.10", withNull(NUMBER)),
                new Scalar("Double", "1.5", withNull(NUMBER)),
                new Scalar("Boolean", "false", Set.of("boolean", "null")),
                new Scalar("String", "\"text\"", Set.of("text", "null")),
                new Scalar("java.util.UUID", "\"00000000-0000-0000-0000-000000000001\"", Set.of("null")),
                new Scalar("java.time.LocalDate", "\"2026-01-02\"", Set.of("null")),
                new Scalar("java.time.Instant", "\"2026-01-02T03:04:05Z\"", Set.of("null")),
                new Scalar("java.time.DayOfWeek", "\"MONDAY\"", Set.of("null")));

        private final Random random;
        private final List<Bean> beans = new ArrayList<>();

        Generator(long seed) {
            this.random = new Random(seed);
        }

        private static Set<String> withNull(Set<String> kinds) {
            Set<String> all = new HashSet<>(kinds);
            all.add("null");
            return all;
        }

        List<Bean> beans(int count) {
            while (beans.size() < count) {
                bean(2);
            }
            return beans;
        }

        private Bean bean(int depth) {
            List<Bean.Member> members = new ArrayList<>();
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                String name = "member" + i;
                boolean renamed = random.nextInt(4) == 0;
                members.add(new Bean.Member(name, renamed ? "json_" + i : name, type(depth)));
            }
            Bean bean = new Bean("Generated" + beans.size(), members, random.nextInt(4) == 0);
            beans.add(bean);
            return bean;
        }

        private GeneratedType type(int depth) {
            int choice = random.nextInt(10);
            if (depth == 0 || choice < 5) {
                return SCALARS.get(random.nextInt(SCALARS.size()));
            }
            if (choice == 5) {
                return bean(depth - 1);
            }
            if (choice == 6) {
                return new Maybe(boxed(depth));
            }
            GeneratedType element = boxed(depth);
            boolean isMap = choice == 7;
            String java =
                    isMap ? "java.util.Map<String, " + element.java() + ">" : "java.util.List<" + element.java() + ">";
            return new Container(java, element, isMap);
        }

        private GeneratedType boxed(int depth) {
            GeneratedType type = type(depth - 1);
            boolean primitive =
                    Character.isLowerCase(type.java().charAt(0)) && type.java().indexOf('.') < 0;
            return primitive || type instanceof Maybe ? SCALARS.get(13) : type;
        }
    }
}
