package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.regex.RegularExpression;
import java.util.Set;

/**
 * A keyword of the library which tells us alone what is wrong with it: the library would write a caller's mistake into the
 * function's log. Compiling a schema ends at the {@link RunDeadline}, since each of its keywords passes here. Thread-safe.
 */
record QuietKeyword(Keyword keyword) implements Keyword {

    /** What the library calls the keywords of the schemas true and false. As members of a schema, they say nothing. */
    private static final Set<String> OF_NO_OBJECT = Set.of("true", "false");

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public JsonValidator newValidator(
            SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context) {
        RunDeadline.step();
        if (OF_NO_OBJECT.contains(getValue()) && parent.getSchemaNode().isObject()) {
            return null;
        }
        try {
            if (getValue().equals("pattern") && node.isTextual()) {
                RegularExpression.compile(node.textValue(), context); // before the keyword does, which logs
            }
            return keyword.newValidator(location, path, node, parent, context);
        } catch (JsonSchemaException e) {
            throw e;
        } catch (UnsupportedOperationException e) {
            return null; // a keyword that the library knows by name only, such as "id" since draft 6
        } catch (Exception e) { // as it is declared; nothing goes on with it
            throw new JsonSchemaException(e);
        }
    }
}
