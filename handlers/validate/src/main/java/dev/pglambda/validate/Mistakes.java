package dev.pglambda.validate;

import com.networknt.schema.ValidationMessage;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.Pace;
import dev.pglambda.handler.Payload;
import dev.pglambda.handler.SqlState;
import dev.pglambda.validate.Verdict.Violation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a schema does not allow of an item, in the words of the answer.
 *
 * @param missing the members that it requires of the item itself
 * @param violations all of them, each once
 */
record Mistakes(List<String> missing, List<Violation> violations) {

    /** Puts them into words; 54000 when they cannot be sent, {@link OutOfTime} when they cannot be said in time. */
    static Mistakes of(Collection<ValidationMessage> found, Deadline deadline) {
        List<String> missing = found.stream()
                .filter(mistake -> mistake.getType().equals("required")
                        && mistake.getInstanceLocation().getNameCount() == 0)
                .map(ValidationMessage::getProperty)
                .distinct()
                .toList();
        // By their texts, since texts of one hash can be put in order and records cannot.
        Map<String, Violation> violations = new LinkedHashMap<>();
        long characters = 0;
        Pace pace = new Pace(deadline);
        for (ValidationMessage mistake : found) {
            pace.step();
            Violation violation = violation(mistake);
            String text = violation.path() + '\n' + violation.keyword() + '\n' + violation.message();
            characters += violations.put(text, violation) == null ? text.length() : 0;
            // A message can be as long as the schema, and there is one for each part of the item.
            if (characters > Payload.MOST_BYTES) {
                throw new HandlerException(
                        SqlState.PROGRAM_LIMIT_EXCEEDED,
                        "the schema does not allow the item in more than " + violations.size()
                                + " places, and what they are takes more than Lambda lets through",
                        "",
                        "Send smaller items, or use a schema that says \"enum\" and \"const\" in fewer places.");
            }
        }
        return new Mistakes(missing, List.copyOf(violations.values()));
    }

    private static Violation violation(ValidationMessage mistake) {
        String path = mistake.getInstanceLocation().toString();
        return new Violation(path, mistake.getType(), message(mistake, path));
    }

    /** The library's message without the path before it, which it cuts off at the first colon, even if that is the path's. */
    private static String message(ValidationMessage mistake, String path) {
        String whole = mistake.getMessage();
        return whole.startsWith(path + ": ") ? whole.substring(path.length() + 2) : mistake.getError();
    }
}
