package dev.pglambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionDescriptionTest {

    private static final String MINIMAL =
            "{'name': 'f', 'description': 'd', 'memoryMb': 512, 'timeoutSeconds': 3, 'database': false}";

    @TempDir
    Path directory;

    @Test
    void optional_members_have_defaults() throws IOException {
        FunctionDescription expected = new FunctionDescription(
                "f",
                "dev.pglambda.lambda.LambdaFunction",
                "d",
                512,
                3,
                false,
                List.of(),
                false,
                true,
                OptionalInt.empty(),
                List.of(),
                Optional.empty());
        assertThat(read(MINIMAL)).isEqualTo(expected);
    }

    @Test
    void every_member_is_read() throws IOException {
        assertThat(read("{'name': 'f', 'handler': 'a.B::c', 'description': '', 'memoryMb': 128, 'timeoutSeconds': 900,"
                        + " 'database': true, 'roles': ['r', 's'], 'maxConcurrency': 7,"
                        + " 'sql': ['f(a text) returns numeric'], 'example': {'a': 'x'}}"))
                .isEqualTo(new FunctionDescription(
                        "f",
                        "a.B::c",
                        "",
                        128,
                        900,
                        true,
                        List.of("r", "s"),
                        false,
                        true,
                        OptionalInt.of(7),
                        List.of("f(a text) returns numeric"),
                        Optional.of("{\"a\":\"x\"}")));
    }

    @Test
    void the_installer_is_a_function_with_a_database_that_sql_cannot_call() throws IOException {
        String installer =
                MINIMAL.replace("'database': false", "'database': true, 'callable': false, 'installer': true");
        assertThat(read(installer).installer()).isTrue();
        for (String wrong :
                List.of(installer.replace("e': true", "e': false"), installer.replace(", 'callable': false", ""))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(wrong))
                    .withMessageContaining("installer is for");
        }
    }

    @Test
    void an_example_keeps_every_digit_and_becomes_an_event() throws IOException {
        String example = MINIMAL.replace("}", ", 'example': {'n': 12345678901234567890.10, 'a': [null, true]}}");
        assertThat(read(example).exampleEvent())
                .contains("{\"data\":{\"n\":12345678901234567890.10,\"a\":[null,true]}}");
        assertThat(read(example.replace("'example'", "'callable': false, 'example'"))
                        .exampleEvent())
                .contains("{\"n\":12345678901234567890.10,\"a\":[null,true]}");
        assertThat(read(MINIMAL).exampleEvent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'memoryMb': 512      | 'memoryMb': 64      | memoryMb must be 128 to 10240, not 64",
                "'memoryMb': 512      | 'memoryMb': '512'   | memoryMb must be a whole number",
                "'memoryMb': 512      | 'memoryMb': 5e2     | memoryMb must be a whole number",
                "'memoryMb': 512      | 'memoryMb': 9999999999 | memoryMb must be a whole number",
                "'timeoutSeconds': 3  | 'timeoutSeconds': 901 | timeoutSeconds must be 1 to 900, not 901",
                "'database': false    | 'database': null    | database must be true or false",
                "'database': false    | 'database': false, 'callable': 'no' | callable must be true or false",
                "'database': false    | 'database': false, 'maxConcurrency': 0 | maxConcurrency must be 1 to 100000, not 0",
                "'database': false    | 'database': false, 'roles': ['r'] | roles are for a function with",
                "'database': false    | 'database': true, 'roles': 'r' | roles must be a list of texts",
                "'database': false    | 'database': false, 'sql': [' '] | sql must be a list of texts that are not blank",
                "'database': false    | 'database': false, 'callable': false, 'sql': ['f()'] | sql is for a function that SQL",
                "'database': false    | 'x': {'y': [1]}     | database is missing; unknown member x",
                "'name': 'f'          | 'name': 'a b'       | name must be 1 to 64 letters, digits, - or _, not 'a b'",
                "'name': 'f'          | 'name': 'f', 'handler': '' | handler must be a class name",
                "'name': 'f'          | 'name': 'f', 'name': 'g' | Duplicate",
                "'name': 'f',         | 'name': 'f'         | in line 1",
                "false}               | false} {}           | must be one JSON object and nothing after it",
            })
    void a_mistake_is_named_with_the_file(String right, String wrong, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(MINIMAL.replace(right, wrong)))
                .withMessageStartingWith(directory.resolve("function.json").toString())
                .withMessageContaining(message);
    }

    @Test
    void every_mistake_is_named_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{'memoryMb': 1.5, 'more': 1}"))
                .withMessageContainingAll(
                        "memoryMb must be a whole number",
                        "unknown member more",
                        "name is missing",
                        "timeoutSeconds is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", ""})
    void other_json_than_an_object_is_refused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .withMessageContaining("must be a JSON object");
    }

    private FunctionDescription read(String json) throws IOException {
        return FunctionDescription.read(Files.writeString(directory.resolve("function.json"), json.replace('\'', '"')));
    }
}
