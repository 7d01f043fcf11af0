package dev.pglambda.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionDefinitionTest {

    private static final String GOOD = "{'name': 'f', 'handler': 'a.B', 'description': 'd',"
            + " 'memoryMb': 512, 'timeoutSeconds': 3, 'database': false}";

    @TempDir
    Path directory;

    @Test
    void is_read_from_its_file() throws IOException {
        assertThat(read(GOOD)).isEqualTo(new FunctionDefinition("f", "a.B", "d", 512, 3, false));
    }

    @Test
    void is_callable_unless_it_says_otherwise() throws IOException {
        assertThat(read(GOOD).callable()).isTrue();
        assertThat(read(GOOD.replace("}", ", 'callable': false}")).callable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'memoryMb': 512      | 'memoryMb': 64      | memoryMb must be 128 to 10240, not 64",
                "'memoryMb': 512      | 'memoryMb': '512'   | memoryMb must be a whole number",
                "'memoryMb': 512      | 'memoryMb': 5e2     | memoryMb must be a whole number",
                "'timeoutSeconds': 3  | 'timeoutSeconds': 901 | timeoutSeconds must be 1 to 900, not 901",
                "'database': false    | 'database': null    | database must be true or false",
                "'database': false    | 'database': false, 'callable': 'no' | callable must be true or false",
                "'database': false    | 'x': {'y': [1]}     | unknown field x; database is missing",
                "'name': 'f'          | 'name': 'a b'       | name must be 1 to 64 letters, digits, - or _, not 'a b'",
                "'handler': 'a.B'     | 'handler': ''       | handler must be a class name",
                "'name': 'f'          | 'name': 'f', 'name': 'g' | Duplicate field 'name'",
                "'name': 'f',         | 'name': 'f'         | in line 1",
            })
    void a_mistake_is_named_with_the_file(String right, String wrong, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(right, wrong)))
                .withMessageStartingWith(directory.resolve("function.json").toString())
                .withMessageContaining(message);
    }

    @Test
    void every_mistake_is_named_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{'memoryMb': 1.5, 'more': 1}"))
                .withMessageContainingAll(
                        "memoryMb must be a whole number",
                        "unknown field more",
                        "name is missing",
                        "handler is missing",
                        "timeoutSeconds is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("[]"))
                .withMessageContaining("must be a JSON object");
    }

    private FunctionDefinition read(String json) throws IOException {
        return FunctionDefinition.read(Files.writeString(directory.resolve("function.json"), json.replace('\'', '"')));
    }
}
