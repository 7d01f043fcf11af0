package dev.pglambda.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTemplateTest {

    private static final Map<String, String> VALUES = Map.of(
            "function", "quote",
            "type", "Quote",
            "package", "com.acme",
            "packageInPathFormat", "com/acme",
            "groupId", "com.acme",
            "rootArtifactId", "shop",
            "version", "1");

    @TempDir
    Path folder;

    @Test
    void nothing_is_left_to_be_filled_in() throws IOException {
        new FunctionTemplate(VALUES, true).write(folder);
        assertThat(folder.resolve("src/main/java/com/acme/quote/QuoteHandler.java"))
                .content()
                .startsWith("package com.acme.quote;");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(5).allSatisfy(file -> {
                assertThat(file.toString()).doesNotContain("__");
                assertThat(file).content().doesNotContain("${");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void description_and_pom_agree_about_the_database(boolean database) throws IOException {
        new FunctionTemplate(VALUES, database).write(folder);
        FunctionDescription description = FunctionDescription.read(folder.resolve("function.json"));
        assertThat(description.name()).isEqualTo("quote");
        assertThat(description.database()).isEqualTo(database);
        assertThat(Files.readString(folder.resolve("pom.xml")).contains("pglambda-database-layer"))
                .isEqualTo(database);
    }
}
