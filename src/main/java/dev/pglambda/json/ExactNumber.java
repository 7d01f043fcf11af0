package dev.pglambda.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Arithmetic on numbers as long as {@code numeric} has them, in less than quadratic time. */
public final class ExactNumber {

    /** Up to here, the JDK's division by ten for each zero is faster. */
    private static final int SHORT_BITS = 1_000;

    private ExactNumber() {}

    /** Whether the number has no fraction. Computes no digits: 1e999999999 is whole. */
    public static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || withoutTrailingZeros(number).scale() <= 0;
    }

    /** As {@link BigDecimal#stripTrailingZeros}, which takes seconds for a number of 131,072 digits. */
    public static BigDecimal withoutTrailingZeros(BigDecimal number) {
        BigInteger digits = number.unscaledValue();
        if (digits.bitLength() <= SHORT_BITS) {
            return number.stripTrailingZeros();
        }
        int zeros = trailingZeros(digits.toString());
        return zeros == 0 ? number : new BigDecimal(digits.divide(BigInteger.TEN.pow(zeros)), number.scale() - zeros);
    }

    private static int trailingZeros(String digits) {
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.length() - end;
    }
}
