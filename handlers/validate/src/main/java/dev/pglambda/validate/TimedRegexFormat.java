package dev.pglambda.validate;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.format.RegexFormat;

/** Format {@code regex}, as the library has it, but within the time of the call, whose end is no mistake of the text. */
final class TimedRegexFormat extends RegexFormat {

    @Override
    public boolean matches(ExecutionContext execution, ValidationContext context, String text) {
        TimedPatterns.checkLength(text);
        boolean matches = super.matches(execution, context, text);
        RunDeadline.check();
        return matches;
    }
}
