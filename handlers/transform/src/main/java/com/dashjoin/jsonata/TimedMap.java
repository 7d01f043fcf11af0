package com.dashjoin.jsonata;

import dev.pglambda.handler.Pace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An object that looks at the clock when it is read, as {@link TimedList} does. */
public final class TimedMap extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private final transient Pace pace;

    /** An empty object. */
    public TimedMap(Pace pace) {
        this.pace = pace;
    }

    TimedMap(Map<String, Object> members, Pace pace) {
        super(members);
        this.pace = pace;
    }

    /** Also how it is compared, hashed and printed. */
    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        pace.step();
        return super.entrySet();
    }

    @Override
    public Set<String> keySet() {
        pace.step();
        return super.keySet();
    }
}
