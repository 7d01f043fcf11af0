package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Utils.JList;
import dev.pglambda.handler.Pace;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;

/**
 * A list that looks at the clock when it is read. The library's functions walk through values without a step of the
 * evaluation in between, and a few lines of an expression make a value that refers to its parts more often than anybody can
 * count: reading must end, too.
 */
public final class TimedList extends JList<Object> {

    private static final long serialVersionUID = 1L;

    /** Elements that are copied in the time of one step. */
    private static final int PER_STEP = 16;

    private final transient Pace pace;

    /** An empty list for so many elements. */
    public TimedList(int capacity, Pace pace) {
        super(capacity);
        this.pace = pace;
    }

    /** The elements of a list that the library has made, and what it says about them. */
    @SuppressWarnings("rawtypes") // as the library says it
    TimedList(Collection<?> list, Pace pace) {
        super(list);
        this.pace = pace;
        if (list instanceof JList said) {
            sequence = said.sequence;
            outerWrapper = said.outerWrapper;
            tupleStream = said.tupleStream;
            keepSingleton = said.keepSingleton;
            cons = said.cons;
        }
    }

    @Override
    public int size() {
        pace.step();
        return super.size();
    }

    @Override
    public Iterator<Object> iterator() {
        walk();
        return super.iterator();
    }

    @Override
    public Spliterator<Object> spliterator() {
        walk();
        return super.spliterator();
    }

    @Override
    public Object[] toArray() {
        walk();
        return super.toArray();
    }

    @Override
    public boolean equals(Object other) {
        walk();
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        walk();
        return super.hashCode();
    }

    private void walk() {
        pace.steps(1 + super.size() / PER_STEP);
    }
}
