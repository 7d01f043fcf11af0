package com.dashjoin.jsonata;

import java.math.BigDecimal;

/**
 * A number with more digits than JSONata computes with. An expression may copy it, compare it, and turn it into text;
 * wherever it is asked for as a double, it refuses rather than lose a digit. Immutable.
 *
 * <p>In the library's package for those who make and compare values there.
 */
public final class ExactNumber extends Number {

    private static final long serialVersionUID = 1L;

    /** From here on, doubles leave integers out. */
    private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

    private static final int SAFE_DIGITS = 15;

    /** More zeros than this are written as an exponent: there could be a billion. */
    private static final int LONGEST = 1_000;

    private final BigDecimal value;

    private ExactNumber(BigDecimal value) {
        this.value = value;
    }

    /** The number in the smallest of JSONata's types that holds it, or as one of these. */
    public static Number of(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= SAFE_DIGITS) {
            return whole(value.longValue()); // most numbers, and no text has to be made of them
        }
        if (value.signum() == 0) {
            return 0;
        }
        if (value.abs().compareTo(SAFE) > 0 || !isDouble(value)) {
            return new ExactNumber(value);
        }
        double near = value.doubleValue();
        return near == Math.rint(near) ? whole((long) near) : (Number) near;
    }

    private static Number whole(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    /**
     * The number that an expression writes. With an exponent it is meant as a double, if one prints the same digits: 1e20.
     */
    static Number literal(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean scientific = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        return scientific && isDouble(value) ? Utils.convertNumber(value.doubleValue()) : of(value);
    }

    /** Which of two is larger, whatever their types; finite numbers only. */
    static int compare(Number one, Number other) {
        if (!(one instanceof ExactNumber) && !(other instanceof ExactNumber)) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        return decimal(one).compareTo(decimal(other));
    }

    /** A number of JSONata's as a decimal, which is how it is written. */
    public static BigDecimal decimal(Number number) {
        if (number instanceof ExactNumber exact) {
            return exact.value;
        }
        return number instanceof Double fraction
                ? new BigDecimal(fraction.toString())
                : BigDecimal.valueOf(number.longValue());
    }

    Number negated() {
        return of(value.negate());
    }

    private static boolean isDouble(BigDecimal value) {
        double near = value.doubleValue();
        return Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(value) == 0;
    }

    @Override
    public double doubleValue() {
        throw new LostDigits(value);
    }

    @Override
    public float floatValue() {
        throw new LostDigits(value);
    }

    @Override
    public long longValue() {
        throw new LostDigits(value);
    }

    @Override
    public int intValue() {
        throw new LostDigits(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactNumber number && value.compareTo(number.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return Math.abs(value.scale()) > LONGEST ? value.toString() : value.toPlainString();
    }

    /** An expression computed with a number that has too many digits for it; the message is the number. */
    public static final class LostDigits extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostDigits(BigDecimal value) {
            super(value.toString(), null, false, false);
        }
    }
}
