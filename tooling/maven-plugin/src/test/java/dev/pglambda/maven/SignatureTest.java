package dev.pglambda.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final Map<String, Object> EXAMPLE = Map.of("product", "tea", "quantity", 2, "note", "a");

    @Test
    void item_has_the_arguments_and_nothing_else() {
        assertThat(new Signature("price(product text, quantity integer default 1) returns numeric").item(EXAMPLE))
                .containsExactly(Map.entry("product", "tea"), Map.entry("quantity", 2));
        assertThat(new Signature(
                                "shop.f(product varchar(3), missing numeric(12,2), note text default ',)') returns void")
                        .item(EXAMPLE))
                .hasSize(3)
                .containsEntry("missing", null)
                .containsEntry("note", "a");
    }

    @Test
    void values_are_written_as_the_types_of_the_arguments_write_them() {
        assertThat(new Signature("f(quantity text, product bigint) returns void").item(EXAMPLE))
                .containsExactly(Map.entry("quantity", "2"), Map.entry("product", 1));
    }

    @Test
    void argument_without_a_name_is_the_item_itself() {
        assertThat(new Signature("f(jsonb) returns jsonb").hasNames()).isFalse();
        assertThat(new Signature("f() returns jsonb").hasNames()).isFalse();
    }
}
