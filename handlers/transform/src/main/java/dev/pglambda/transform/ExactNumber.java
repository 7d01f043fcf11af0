package dev.pglambda.transform;

import java.math.BigDecimal;

/**
 * A number with more digits than JSONata computes with. An expression may copy it, compare it inside of larger values and
 * turn it into text; wherever it is asked for as a double, it refuses rather than lose a digit.
 */
final class ExactNumber extends Number {

    private static final long serialVersionUID = 1L;

    /** From here on, doubles leave integers out. */
    private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

    private final BigDecimal value;

    private ExactNumber(BigDecimal value) {
        this.value = value;
    }

    /** The number in the smallest of JSONata's types that holds it, or as one of these. */
    static Number of(BigDecimal value) {
        if (value.signum() == 0) {
            return 0;
        }
        double near = value.doubleValue();
        boolean exact = Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(value) == 0;
        if (!exact || value.abs().compareTo(SAFE) > 0) {
            return new ExactNumber(value);
        }
        if (near != Math.rint(near)) {
            return near;
        }
        long whole = (long) near;
        return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }

    BigDecimal value() {
        return value;
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
        return value.toPlainString();
    }

    /** An expression computed with a number that has too many digits for it. */
    static final class LostDigits extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostDigits(BigDecimal value) {
            super(value.toString(), null, false, false);
        }
    }
}
