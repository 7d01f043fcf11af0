package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Utils.RangeList;
import dev.pglambda.handler.Pace;

/** A range of integers that looks at the clock while it is gone through. */
final class TimedRange extends RangeList {

    private final Pace pace;

    TimedRange(RangeList range, Pace pace) {
        super(range.a, range.b);
        this.pace = pace;
    }

    @Override
    public Number get(int index) {
        pace.step();
        return super.get(index);
    }
}
