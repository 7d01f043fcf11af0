package dev.pglambda.binding;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A value is not of its type. Has all violations. */
public final class InvalidValue extends Exception {

    private static final long serialVersionUID = 1L;

    private final String list;

    InvalidValue(Collection<Violation> violations) {
        super("the value is not of the type", null, false, false);
        this.list = new TreeSet<>(violations).stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    /** All violations in one line, for DETAIL. */
    public String list() {
        return list;
    }
}
