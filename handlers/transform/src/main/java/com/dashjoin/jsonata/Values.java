package com.dashjoin.jsonata;

import dev.pglambda.handler.Pace;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How JSONata's values compare, by every digit of their numbers. */
final class Values {

    private Values() {}

    /** Whether two values are the same JSON, or the same function. */
    static boolean equal(Object one, Object other, Pace pace) {
        pace.step();
        if (one instanceof Number a && other instanceof Number b) {
            return ExactNumber.compare(a, b) == 0;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return equalLists(a, b, pace);
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return equalObjects(a, b, pace);
        }
        return isNull(one) ? isNull(other) : one.equals(other);
    }

    private static boolean equalLists(List<?> one, List<?> other, Pace pace) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object element : one) {
            if (!equal(element, others.next(), pace)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalObjects(Map<?, ?> one, Map<?, ?> other, Pace pace) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> member : one.entrySet()) {
            boolean same =
                    other.containsKey(member.getKey()) && equal(member.getValue(), other.get(member.getKey()), pace);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Of the library there are two: one in data, one in expressions. */
    private static boolean isNull(Object value) {
        return value == null || value == Jsonata.NULL_VALUE;
    }

    /** The order of {@code $sort} without a function: of numbers, or of strings. */
    static Comparator<Object> order(Pace pace) {
        return (one, other) -> {
            pace.step();
            if (!areComparable(one, other)) {
                throw new JException("D3070", -1);
            }
            return order(one, other);
        };
    }

    /** The order of two keys of the operator {@code ^}, which stands at that place. */
    static int order(Object one, Object other, int place) {
        if (!areComparable(one, other)) {
            boolean scalars = isScalar(one) && isScalar(other);
            throw new JException(scalars ? "T2007" : "T2008", place, one, other);
        }
        return order(one, other);
    }

    private static int order(Object one, Object other) {
        return one instanceof Number a
                ? ExactNumber.compare(a, (Number) other)
                : ((String) one).compareTo((String) other);
    }

    private static boolean areComparable(Object one, Object other) {
        return one instanceof Number && other instanceof Number || one instanceof String && other instanceof String;
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number || value instanceof String;
    }

    /** A value among others in a set: equal ones have equal keys. */
    record Key(Object value, Pace pace) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && equal(value, key.value, pace);
        }

        @Override
        public int hashCode() {
            return hash(value, pace);
        }

        private static int hash(Object value, Pace pace) {
            pace.step();
            int hash = 1;
            if (value instanceof List<?> list) {
                for (Object element : list) {
                    hash = 31 * hash + hash(element, pace);
                }
            } else if (value instanceof Map<?, ?> object) {
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    hash += member.getKey().hashCode() ^ hash(member.getValue(), pace);
                }
            } else if (value instanceof Number number) {
                hash = number instanceof ExactNumber ? number.hashCode() : Double.hashCode(number.doubleValue());
            } else {
                hash = isNull(value) ? 0 : Objects.hashCode(value);
            }
            return hash;
        }
    }
}
