package dev.pglambda.handler;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The SQLSTATEs of the call contract: standard codes, so that PL/pgSQL can name them in {@code EXCEPTION WHEN}. */
public final class SqlState {

    /** {@code invalid_parameter_value}: the item, an option or the request is not what the handler takes. */
    public static final String INVALID_PARAMETER_VALUE = "22023";
    /** {@code unique_violation}: the item conflicts with one already stored. */
    public static final String UNIQUE_VIOLATION = "23505";
    /** {@code no_data_found}: the item names something that does not exist. */
    public static final String NO_DATA_FOUND = "P0002";
    /** {@code external_routine_exception}: the function ran and failed. */
    public static final String EXTERNAL_ROUTINE_EXCEPTION = "38000";
    /** {@code external_routine_invocation_exception}: the item was certainly not handled. */
    public static final String EXTERNAL_ROUTINE_INVOCATION_EXCEPTION = "39000";
    /**
     * {@code program_limit_exceeded}: over Lambda's payload limit, or a program of the caller that ends neither in time
     * nor in memory.
     */
    public static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    private static final Pattern SHAPE = Pattern.compile("[0-9A-Z]{5}");
    private static final Set<String> SESSION_CLASSES = Set.of("08", "0A", "25", "2D", "3B", "57", "58", "F0", "XX");
    private static final String ASSERT_FAILURE = "P0004"; // WHEN OTHERS does not catch it

    private SqlState() {}

    /** Whether the code says something about the session or the server, which no handler can know. */
    public static boolean isOfSession(String code) {
        return SESSION_CLASSES.contains(code.substring(0, 2)) || code.equals(ASSERT_FAILURE);
    }

    /** The code itself; throws {@link IllegalArgumentException} when an error cannot have it. */
    static String checked(String code) {
        Objects.requireNonNull(code);
        // Class 00 is success, 01 a warning and 02 "no more rows": RAISE would not end the statement as asked.
        boolean succeeds = code.startsWith("00") || code.startsWith("01") || code.startsWith("02");
        if (!SHAPE.matcher(code).matches() || succeeds) {
            throw new IllegalArgumentException("\"" + code + "\" is not the SQLSTATE of an error");
        }
        return code;
    }
}
