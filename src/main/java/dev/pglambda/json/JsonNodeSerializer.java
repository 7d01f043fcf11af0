package dev.pglambda.json;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Writes JSON trees of any depth, and refuses numbers that {@code numeric} cannot hold. Serde's own serializer (2.16)
 * writes the members of a structure to the encoder around it, which the Jackson encoder permits only 64 levels deep.
 */
@Singleton
final class JsonNodeSerializer implements Serializer<JsonNode> {

    private static final int MOST_INTEGER_DIGITS = 131_072;
    private static final int MOST_FRACTION_DIGITS = 16_383;

    @Override
    public void serialize(Encoder encoder, EncoderContext context, Argument<? extends JsonNode> type, JsonNode node)
            throws IOException {
        if (node.isObject()) {
            writeObject(encoder, context, type, node);
        } else if (node.isArray()) {
            Encoder elements = encoder.encodeArray(type);
            for (JsonNode element : node.values()) {
                serialize(elements, context, type, element);
            }
            elements.finishStructure();
        } else if (node.isString()) {
            encoder.encodeString(node.getStringValue());
        } else if (node.isNumber()) {
            writeNumber(encoder, node.getNumberValue());
        } else if (node.isBoolean()) {
            encoder.encodeBoolean(node.getBooleanValue());
        } else {
            encoder.encodeNull();
        }
    }

    private void writeObject(Encoder encoder, EncoderContext context, Argument<? extends JsonNode> type, JsonNode node)
            throws IOException {
        Encoder members = encoder.encodeObject(type);
        for (Map.Entry<String, JsonNode> member : node.entries()) {
            members.encodeKey(member.getKey());
            serialize(members, context, type, member.getValue());
        }
        members.finishStructure();
    }

    private static void writeNumber(Encoder encoder, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            encoder.encodeBigDecimal(checked(decimal));
        } else if (number instanceof BigInteger integer) {
            encoder.encodeBigInteger(integer);
        } else if (number instanceof Double || number instanceof Float) {
            encoder.encodeDouble(number.doubleValue());
        } else {
            encoder.encodeLong(number.longValue());
        }
    }

    private static BigDecimal checked(BigDecimal decimal) throws IOException {
        long integerDigits = (long) decimal.precision() - decimal.scale();
        if (integerDigits > MOST_INTEGER_DIGITS || decimal.scale() > MOST_FRACTION_DIGITS) {
            throw new SerdeException("a number is outside of the range of PostgreSQL's numeric");
        }
        return decimal;
    }
}
