package dev.pglambda.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of a new function: those that the archetype makes. */
final class FunctionTemplate {

    private static final String SOURCES = "src/main/java/__packageInPathFormat__/__function__/";
    private static final List<String> FILES = List.of(
            "pom.xml",
            "function.json",
            SOURCES + "__type__Item.java",
            SOURCES + "__type__Handler.java",
            "src/test/java/__packageInPathFormat__/__function__/__type__HandlerTest.java");

    private static final String DATABASE = """

                <dependencies>
                    <!-- On Lambda this comes from the layer. -->
                    <dependency>
                        <groupId>dev.pglambda</groupId>
                        <artifactId>pglambda-database-layer</artifactId>
                        <type>pom</type>
                        <scope>provided</scope>
                    </dependency>
                </dependencies>

                <build>
                    <plugins>
                        <plugin>
                            <groupId>org.apache.maven.plugins</groupId>
                            <artifactId>maven-compiler-plugin</artifactId>
                            <configuration>
                                <annotationProcessorPaths combine.children="append">
                                    <path>
                                        <groupId>io.micronaut.data</groupId>
                                        <artifactId>micronaut-data-processor</artifactId>
                                    </path>
                                </annotationProcessorPaths>
                            </configuration>
                        </plugin>
                    </plugins>
                </build>
            </project>
            """;

    private final Map<String, String> values;
    private final boolean database;

    /**
     * @param values what stands for {@code ${name}} in a file and for {@code __name__} in its path
     * @param database whether the function uses the database
     */
    FunctionTemplate(Map<String, String> values, boolean database) {
        this.values = Map.copyOf(values);
        this.database = database;
    }

    void write(Path folder) throws IOException {
        for (String file : FILES) {
            Path target = folder.resolve(filled(file, "__", "__"));
            Files.createDirectories(target.getParent());
            Files.writeString(target, withDatabase(filled(read(file), "${", "}")));
        }
    }

    private String withDatabase(String text) {
        return database
                ? text.replace("\"database\": false", "\"database\": true").replace("</project>\n", DATABASE)
                : text;
    }

    private String filled(String text, String before, String after) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(before + value.getKey() + after, value.getValue());
        }
        return filled;
    }

    private static String read(String file) throws IOException {
        try (InputStream source = FunctionTemplate.class.getResourceAsStream("/function/" + file)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
