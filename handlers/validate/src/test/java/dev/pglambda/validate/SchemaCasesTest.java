package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that libraries often get wrong. Where a schema asks for a type, it allows numbers. */
class SchemaCasesTest {

    private static final Map<String, String> DIALECTS = Map.of(
            "2020-12", "https://json-schema.org/draft/2020-12/schema",
            "2019-09", "https://json-schema.org/draft/2019-09/schema",
            "7", "http://json-schema.org/draft-07/schema#",
            "6", "http://json-schema.org/draft-06/schema#",
            "4", "http://json-schema.org/draft-04/schema#");

    @AutoClose
    static final ValidateCalls CALLS = new ValidateCalls();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$id': 'http://x/a.json', '$ref': 'in/foo.json', '$defs': {'f': {'$id': 'in/foo.json', '$ref': 'bar.json'}, 'b': {'$id': 'in/bar.json', 'type': 'number'}, 'c': {'$id': 'bar.json', 'type': 'string'}}",
                "'$ref': 'http://x/f', '$defs': {'f': {'$id': 'http://x/f', '$ref': 'http://y/b'}, 'b': {'$id': 'http://y/b', 'type': 'number'}}",
                "'$ref': 'http://x/f', '$defs': {'n': {'type': 'string'}, 'f': {'$id': 'http://x/f', '$ref': '#/$defs/n', '$defs': {'n': {'type': 'number'}}}}",
                "'$ref': 'http://x/f', '$defs': {'s': {'$anchor': 'n', 'type': 'string'}, 'f': {'$id': 'http://x/f', '$ref': '#n', '$defs': {'q': {'$anchor': 'n', 'type': 'number'}}}}",
                "'$ref': 'http://x/d/f', '$defs': {'f': {'$id': 'http://x/d/f', '$ref': '../e/b#n'}, 'b': {'$id': 'http://x/e/b', '$defs': {'q': {'$anchor': 'n', 'type': 'number'}}}}",
                "'$ref': 'http://x/f', '$defs': {'f': {'$id': 'http://x/f', '$ref': '#/allOf/0', 'allOf': [{'type': 'number'}]}}",
                "'$defs': {'const': {'$id': 'http://x/f', '$ref': 'b'}, 'b': {'$id': 'http://x/b', 'type': 'number'}}, 'allOf': [{'$ref': '#/$defs/const'}]",
            })
    void a_reference_beside_an_id_is_resolved_against_that(String schema) {
        for (String draft : new String[] {"2020-12", "2019-09"}) {
            assertThat(check(draft, schema, "1")).contains("\"isValid\":true");
            assertThat(check(draft, schema, "'a'"))
                    .contains(
                            "\"violations\":[{\"path\":\"\",\"keyword\":\"type\",\"message\":\"Value is [string] but should be [number]\"}");
        }
    }

    @Test
    void a_dynamic_reference_beside_an_id_is_resolved_against_that() {
        String schema = "'$ref': 'http://x/f', '$defs': {"
                + "'s': {'$id': 'http://x/s', '$dynamicAnchor': 'n', 'type': 'string'},"
                + "'f': {'$id': 'http://x/f', '$dynamicRef': '#n', '$defs': {'q': {'$dynamicAnchor': 'n', 'type': 'number'}}}}";
        assertThat(check("2020-12", schema, "1")).contains("\"isValid\":true");
        assertThat(check("2020-12", schema, "'a'")).contains("\"keyword\":\"type\"");
    }

    @Test
    void what_a_reference_beside_an_id_evaluates_counts_as_evaluated() {
        String schema = "'properties': {'p': {'$id': 'http://x/f', '$ref': 'b', 'unevaluatedProperties': false}},"
                + "'$defs': {'b': {'$id': 'http://x/b', 'properties': {'a': true}}}";
        assertThat(check("2020-12", schema, "{'p': {'a': 1}}")).contains("\"isValid\":true");
        assertThat(check("2020-12", schema, "{'p': {'b': 1}}"))
                .contains("{\"path\":\"/p/b\",\"keyword\":\"unevaluatedProperties\",\"message\":\"is not allowed\"}");
    }

    @Test
    void what_looks_like_such_a_reference_in_a_value_is_a_value() {
        String schema = "'const': {'$id': 'http://x/f', '$ref': 'b'}";
        assertThat(check("2020-12", schema, "{'$id': 'http://x/f', '$ref': 'b'}"))
                .contains("\"isValid\":true");
        assertThat(check(
                        "2020-12",
                        "'enum': [{'minLength': 5000000000, '$ref': 'b'}]",
                        "{'minLength': 5000000000, '$ref': 'b'}"))
                .contains("\"isValid\":true");
    }

    @ParameterizedTest
    @CsvSource({"7, $id", "6, $id", "4, id"})
    void up_to_draft_7_an_id_beside_a_reference_is_ignored(String draft, String id) {
        String schema = "'definitions': {'n': {'type': 'number'}}," + "'properties': {'p': {'" + id
                + "': 'http://x/y', '$ref': '#/definitions/n'}}";
        assertThat(check(draft, schema, "{'p': 1}")).contains("\"isValid\":true");
        assertThat(check(draft, schema, "{'p': 'a'}")).contains("\"path\":\"/p\",\"keyword\":\"type\"");

        String relative =
                "'" + id + "': 'http://x/a', 'definitions': {'n': {'" + id + "': 'http://x/b', 'type': 'number'}},"
                        + "'properties': {'p': {'" + id + "': 'http://y/', '$ref': 'b'}}";
        assertThat(check(draft, relative, "{'p': 1}")).contains("\"isValid\":true");
        assertThat(check(draft, relative, "{'p': 'a'}")).contains("\"path\":\"/p\",\"keyword\":\"type\"");
    }

    @ParameterizedTest
    @CsvSource({
        "maxLength, \"a\", true",
        "minLength, \"a\", false",
        "maxItems, [1], true",
        "minItems, [1], false",
        "maxProperties, {}, true",
        "minProperties, {}, false",
    })
    void counts_beyond_32_bits_are_refused_where_they_would_not_be_kept(String keyword, String data, boolean valid) {
        for (String count : new String[] {"4294967296", "5000000000", "1e18", "1e400"}) {
            assertThat(check("2020-12", "'" + keyword + "': " + count, data))
                    .contains(valid ? "\"isValid\":true" : "/" + keyword + "\\\": is more than 2147483647");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Bb%20c%2Bd, a+b c+d",
        "a%25b, a%b",
        "a%7E1b, a/b",
        "a~01b, a~1b",
        "%C3%A4, ä",
        "99999999999, 99999999999"
    })
    void pointers_in_references_are_decoded_as_uris(String encoded, String name) {
        String schema = "'$ref': '#/$defs/" + encoded + "', '$defs': {'" + name + "': {'type': 'number'}}";
        assertThat(check("2020-12", schema, "1")).contains("\"isValid\":true");
        assertThat(check("2020-12", schema, "'a'")).contains("\"keyword\":\"type\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^\\\\s$ | \\u00a0 | true",
                "^\\\\S$ | \\ufeff | false",
                "^[\\\\sa]+$ | a\\u3000\\n | true",
                "^[\\\\S]$ | \\u2028 | false",
                "^[^\\\\s]$ | \\u2003 | false",
                "^.$ | \\u0085 | true",
                "^.$ | \\u2028 | false",
                "^[.]$ | a | false",
                "^[a&&b]$ | & | true",
                "^[a&&b]$ | a | true",
                "^\\\\v$ | \\n | false",
                "^\\\\u{1F600}$ | \\ud83d\\ude00 | true",
                "^[\\\\u{1F600}-\\\\u{1F601}]$ | \\ud83d\\ude01 | true",
                "^\\\\p{Letter}$ | \\u00e4 | true",
                "^\\\\p{Script=Greek}$ | \\u03b1 | true",
                "^[[]$ | [ | true",
            })
    void patterns_are_read_as_ecmascript(String pattern, String text, boolean matches) {
        assertThat(check("2020-12", "'pattern': '" + pattern + "'", "'" + text + "'"))
                .contains("\"isValid\":" + matches);
    }

    @Test
    void messages_are_whole_where_the_path_has_a_colon() {
        assertThat(check("2020-12", "'properties': {'a: b': {'type': 'number'}}", "{'a: b': 'x'}"))
                .contains(
                        "{\"path\":\"/a: b\",\"keyword\":\"type\",\"message\":\"Value is [string] but should be [number]\"}");
    }

    @Test
    void keywords_that_no_draft_has_are_ignored() {
        assertThat(check("2020-12", "'false': true, 'true': false, 'id': 'http://nowhere/'", "1"))
                .contains("\"isValid\":true");
    }

    @Test
    void a_relative_id_needs_no_absolute_one_around_it() {
        assertThat(check(
                        "2020-12",
                        "'$defs': {'f': {'$id': 'in/foo.json', 'type': 'number'}}, '$ref': 'in/foo.json'",
                        "1"))
                .contains("\"isValid\":true");
    }

    @Test
    void a_schema_inside_may_be_written_in_another_draft() {
        String schema = "'definitions': {'a': {'$id': 'http://a/a', '$schema': '" + DIALECTS.get("2020-12")
                + "', 'prefixItems': [{'type': 'number'}]}}, 'allOf': [{'$ref': 'http://a/a'}]";
        assertThat(check("7", schema, "[1]")).contains("\"isValid\":true");
        assertThat(check("7", schema, "['a']")).contains("\"path\":\"/0\"");
    }

    private static String check(String draft, String schema, String data) {
        return CALLS.check(
                data.replace('\'', '"'),
                ("{'$schema': '" + DIALECTS.get(draft) + "', " + schema + "}").replace('\'', '"'));
    }
}
