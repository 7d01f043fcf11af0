package dev.pglambda.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void a_deadline_ahead_has_time_left_and_is_not_expired() {
        Deadline deadline = Deadline.of(Duration.ofMinutes(1));
        assertThat(deadline.isExpired()).isFalse();
        assertThat(deadline.isFinite()).isTrue();
        assertThat(deadline.remaining()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    }

    @Test
    void a_deadline_of_nothing_or_less_has_passed() {
        assertThat(Deadline.of(Duration.ZERO).isExpired()).isTrue();
        assertThat(Deadline.of(Duration.ofDays(-1)).isExpired()).isTrue();
        assertThat(Deadline.of(Duration.ofDays(-1)).remaining()).isZero();
    }

    @Test
    void none_never_expires() {
        assertThat(Deadline.none().isExpired()).isFalse();
        assertThat(Deadline.none().isFinite()).isFalse();
        assertThat(Deadline.none().remaining()).isGreaterThan(Duration.ofDays(36_500));
    }

    @Test
    void a_duration_too_long_to_count_means_none() {
        assertThat(Deadline.of(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(Deadline.none());
    }

    @Test
    void at_most_keeps_the_earlier_end() {
        Deadline hour = Deadline.of(Duration.ofHours(1));
        assertThat(hour.atMost(Duration.ofDays(1))).isSameAs(hour);
        assertThat(hour.atMost(Duration.ofSeconds(1)).remaining()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(Deadline.none().atMost(Duration.ofSeconds(1)).isFinite()).isTrue();
        assertThat(hour.atMost(Deadline.none().remaining())).isSameAs(hour);
    }

    @Test
    void it_prints_what_is_left() {
        assertThat(Deadline.none()).hasToString("Deadline[none]");
        assertThat(Deadline.of(Duration.ZERO)).hasToString("Deadline[in 0 ms]");
    }
}
