package dev.pglambda.transform;

import dev.pglambda.json.ExactNumber;
import java.math.BigDecimal;

/**
 * A number with more digits than a double holds. An expression may pass it on; when JSONata asks for its value, to
 * compute, to compare or to copy it as text, an exception is thrown, so that no digit is lost. Immutable.
 */
final class LongNumber extends Number implements Comparable<LongNumber> {

    private static final long serialVersionUID = 1L;

    /** Above it, doubles do not have all integers. */
    private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

    private static final int SAFE_DIGITS = 15;

    /** More zeros than this are written as an exponent, because there could be a billion. */
    private static final int MOST_ZEROS = 1_000;

    private final BigDecimal value;

    private LongNumber(BigDecimal value) {
        this.value = value;
    }

    /** The number in the smallest type that holds it: Integer, Long, Double or LongNumber. */
    static Number of(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= SAFE_DIGITS) {
            return whole(value.longValue()); // the fast way for most numbers
        }
        if (value.signum() == 0) {
            return 0;
        }
        double near = value.doubleValue();
        if (value.abs().compareTo(SAFE) > 0 || BigDecimal.valueOf(near).compareTo(value) != 0) {
            return new LongNumber(value);
        }
        return near == Math.rint(near) ? whole((long) near) : (Number) near;
    }

    private static Number whole(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    BigDecimal exact() {
        return value;
    }

    /** The same number in a type whose text has all digits. */
    Number printable() {
        return value.scale() < 0 && value.scale() >= -MOST_ZEROS ? value.toBigInteger() : value;
    }

    @Override
    public double doubleValue() {
        throw new LostDigitsException(value);
    }

    @Override
    public float floatValue() {
        throw new LostDigitsException(value);
    }

    @Override
    public long longValue() {
        throw new LostDigitsException(value);
    }

    @Override
    public int intValue() {
        throw new LostDigitsException(value);
    }

    /** JSONata's operator |…|…| copies values as text, and reads their numbers as doubles. */
    @Override
    public String toString() {
        throw new LostDigitsException(value);
    }

    @Override
    public int compareTo(LongNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongNumber number && value.compareTo(number.value) == 0;
    }

    @Override
    public int hashCode() {
        return ExactNumber.withoutTrailingZeros(value).hashCode();
    }

    /** An expression asked for the value of a long number; the message is the number. */
    static final class LostDigitsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostDigitsException(BigDecimal value) {
            super(value.toString(), null, false, false);
        }
    }
}
