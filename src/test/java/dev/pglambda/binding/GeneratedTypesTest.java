package dev.pglambda.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.json.JsonReader;
import io.micronaut.annotation.processing.AggregatingTypeElementVisitorProcessor;
import io.micronaut.annotation.processing.BeanDefinitionInjectProcessor;
import io.micronaut.annotation.processing.PackageElementVisitorProcessor;
import io.micronaut.annotation.processing.TypeElementVisitorProcessor;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generates types, puts a value of every wrong kind into every place, and expects a refusal that names the place. Runs
 * in another process, because Micronaut finds the introspections of generated types on the class path.
 */
class GeneratedTypesTest {

    private static final long SEED = 20_261_121;
    private static final int TYPES = 60;

    @TempDir
    private Path directory;

    @Test
    void a_value_of_a_wrong_kind_is_refused_by_its_name_wherever_it_stands() throws Exception {
        List<GeneratedType.Bean> beans = new GeneratedType.Generator(SEED).beans(TYPES);
        compile(beans);
        Path cases = Files.write(directory.resolve("cases.txt"), cases(beans));

        List<String> output = run(cases);

        assertThat(output).filteredOn(line -> line.startsWith("WRONG")).isEmpty();
        assertThat(output).contains("right " + beans.size());
        String refused = output.stream()
                .filter(line -> line.startsWith("refused "))
                .findFirst()
                .orElseThrow();
        System.out.println("generated types: " + beans.size() + ", " + refused);
        assertThat(Integer.parseInt(refused.substring("refused ".length()))).isGreaterThan(2_000);
    }

    private void compile(List<GeneratedType.Bean> beans) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.createDirectories(directory.resolve("generated"));
        for (GeneratedType.Bean bean : beans) {
            sources.add(Files.writeString(directory.resolve("generated/" + bean.java() + ".java"), bean.source()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-d", directory.toString(), "-parameters", "-cp", System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(
                    new PackageElementVisitorProcessor(),
                    new TypeElementVisitorProcessor(),
                    new AggregatingTypeElementVisitorProcessor(),
                    new BeanDefinitionInjectProcessor()));
            assertThat(task.call()).isTrue();
        }
    }

    /** Type, JSON, and the place where it is wrong; no place where it is right. */
    private static List<String> cases(List<GeneratedType.Bean> beans) {
        List<String> cases = new ArrayList<>();
        for (GeneratedType.Bean bean : beans) {
            cases.add("generated." + bean.java() + "\t" + bean.json("", "none", "") + "\t");
            Map<String, Set<String>> places = new LinkedHashMap<>();
            bean.places("", places);
            places.remove("");
            places.forEach((path, kinds) -> GeneratedType.SAMPLES.forEach((kind, json) -> {
                if (!kinds.contains(kind)) {
                    cases.add("generated." + bean.java() + "\t" + bean.json("", path, json) + "\t" + path);
                }
            }));
        }
        return cases;
    }

    private List<String> run(Path cases) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        directory + File.pathSeparator + System.getProperty("java.class.path"),
                        Check.class.getName(),
                        cases.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The process that binds. */
    static final class Check {

        private Check() {}

        public static void main(String[] arguments) throws Exception {
            int right = 0;
            int refused = 0;
            try (ApplicationContext context = ApplicationContext.run()) {
                Binders binders = context.getBean(Binders.class);
                for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                    String[] parts = line.split("\t", -1);
                    String found = violations(binders, Class.forName(parts[0]), parts[1]);
                    boolean expected = parts[2].isEmpty()
                            ? found.isEmpty()
                            : found.startsWith(parts[2] + ": ")
                                    || found.startsWith(parts[2] + "[0]: ")
                                    || found.startsWith(parts[2] + ".");
                    if (!expected) {
                        System.out.println("WRONG " + line + " -> " + found);
                    } else if (parts[2].isEmpty()) {
                        right++;
                    } else {
                        refused++;
                    }
                }
            }
            System.out.println("right " + right);
            System.out.println("refused " + refused);
        }

        private static String violations(Binders binders, Class<?> type, String json) throws Exception {
            try (JsonReader reader = new JsonReader(json.getBytes(StandardCharsets.UTF_8))) {
                reader.next();
                JsonNode node = reader.value();
                binders.binder(Argument.of(type)).bind(node);
                return "";
            } catch (InvalidValue e) {
                return e.list();
            }
        }
    }
}
