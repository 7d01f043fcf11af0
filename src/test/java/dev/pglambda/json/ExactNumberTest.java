package dev.pglambda.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExactNumberTest {

    private static final BigDecimal LONGEST = new BigDecimal(BigInteger.TEN.pow(131_071));

    @Test
    void zeros_are_cut_off_as_the_jdk_does() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            BigInteger digits =
                    new BigInteger(random.nextInt(3_000), random).multiply(BigInteger.TEN.pow(random.nextInt(300)));
            BigDecimal number =
                    new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(700) - 350);
            assertThat(ExactNumber.withoutTrailingZeros(number)).isEqualTo(number.stripTrailingZeros());
            assertThat(ExactNumber.isWhole(number))
                    .isEqualTo(
                            number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
        }
    }

    /** The JDK's own method would take minutes. */
    @Test
    @Timeout(60)
    void the_longest_numbers_of_a_request_of_six_megabytes_take_no_time() {
        for (int i = 0; i < 45; i++) {
            assertThat(ExactNumber.withoutTrailingZeros(LONGEST)).isEqualTo(new BigDecimal(BigInteger.ONE, -131_071));
        }
        assertThat(ExactNumber.isWhole(new BigDecimal("1e999999999"))).isTrue();
    }
}
