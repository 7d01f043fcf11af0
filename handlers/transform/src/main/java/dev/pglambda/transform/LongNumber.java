package dev.pglambda.transform;

import java.math.BigDecimal;

/**
 * A number with more digits than a double holds. An expression may pass it on as it is; wherever JSONata asks for its value,
 * to compute, to compare or to copy by way of text, it refuses rather than lose a digit. Immutable.
 */
final class LongNumber extends Number implements Comparable<LongNumber> {

    private static final long serialVersionUID = 1L;

    /** From here on, doubles leave integers out. */
    private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

    private static final int SAFE_DIGITS = 15;

    /** More zeros than this are written as an exponent: there could be a billion. */
    private static final int MOST_ZEROS = 1_000;

    private final BigDecimal value;

    private LongNumber(BigDecimal value) {
        this.value = value;
    }

    /** The number in the smallest of JSONata's types that holds it: Integer, Long, Double, or one of these. */
    static Number of(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= SAFE_DIGITS) {
            return whole(value.longValue()); // most numbers, and no text has to be made of them
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

    /** JSONata's operator |…|…| makes text of what it copies, and doubles of that. */
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
        return value.stripTrailingZeros().hashCode();
    }

    /** An expression asked for the value of a number that has too many digits for it; the message is the number. */
    static final class LostDigitsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostDigitsException(BigDecimal value) {
            super(value.toString(), null, false, false);
        }
    }
}
