package dev.pglambda.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function reads the files of configuration that Micronaut's documentation names. */
class FunctionContextBuilderTest {

    @Test
    void files_of_the_environments_lambda_and_function_are_read() {
        try (ApplicationContext context = new FunctionContextBuilder().start()) {
            assertThat(context.getProperty("pglambda.test.lambda", String.class))
                    .contains("from application-lambda.properties");
            assertThat(context.getProperty("pglambda.test.function", String.class))
                    .contains("from application-function.properties");
        }
    }

    @Test
    void files_that_a_system_property_names_are_read(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("more.properties"), "pglambda.test.more=from a named file");
        System.setProperty("micronaut.config.files", file.toString());
        try (ApplicationContext context = new FunctionContextBuilder().start()) {
            assertThat(context.getProperty("pglambda.test.more", String.class)).contains("from a named file");
        } finally {
            System.clearProperty("micronaut.config.files");
        }
    }
}
