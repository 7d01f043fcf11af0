package dev.pglambda.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private final BoundedCache<String, String> cache = new BoundedCache<>(3, 20, String::length);
    private final List<String> compiled = new ArrayList<>();

    @Test
    void an_equal_program_is_compiled_once() {
        assertThat(get("a")).isEqualTo("compiled a");
        assertThat(get(new String("a"))).isEqualTo("compiled a");
        assertThat(compiled).containsExactly("a");
    }

    @Test
    void the_number_of_programs_is_bounded_and_the_least_recently_used_is_removed() {
        List.of("a", "b", "c", "a", "d").forEach(this::get);
        assertThat(cache.count()).isEqualTo(3);
        compiled.clear();
        List.of("a", "c", "d").forEach(this::get);
        assertThat(compiled).isEmpty();
        get("b");
        assertThat(compiled).containsExactly("b");
    }

    @Test
    void the_size_of_all_programs_is_bounded() {
        get("a".repeat(10));
        get("b".repeat(10));
        get("c");
        assertThat(cache.count()).isEqualTo(2);
        get("d".repeat(21));
        assertThat(cache.count()).isEqualTo(2);
    }

    @Test
    void a_failure_is_not_kept() {
        assertThatThrownBy(() -> cache.get("a", program -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(get("a")).isEqualTo("compiled a");
    }

    private String get(String program) {
        return cache.get(program, source -> {
            compiled.add(source);
            return "compiled " + source;
        });
    }
}
