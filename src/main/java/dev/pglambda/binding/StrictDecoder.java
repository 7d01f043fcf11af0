package dev.pglambda.binding;

import dev.pglambda.json.ExactNumber;
import dev.pglambda.json.JsonText;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.exceptions.SerdeException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives Serde the values of a JSON tree without converting any: a text is read only as text, a number only as a type
 * that holds it. Serde's own decoders turn {@code "5"} into 5, {@code 1.5} into 1 and {@code [5]} into 5.
 *
 * <p>A value of another type is noted in the {@link Findings}. Serde gets a placeholder for it, so that it goes on and
 * finds the other mistakes. One decoder reads one value or the children of one structure. Longer than other classes,
 * because the interface has a method for each type.
 */
final class StrictDecoder implements Decoder {

    private static final int MOST_DIGITS = 131_072;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

    private final Findings findings;
    private final String path;
    private final Iterator<Map.Entry<String, JsonNode>> members;
    private final Iterator<JsonNode> elements;
    /** The members that Serde must not read as null: it would give them the value zero. */
    private final Set<String> primitives;

    private String name = "";
    private int index = -1;
    /** The next value; null when there is none, or when the next element has not been fetched. */
    private JsonNode value;

    private StrictDecoder(
            Findings findings,
            String path,
            Iterator<Map.Entry<String, JsonNode>> members,
            Iterator<JsonNode> elements,
            Set<String> primitives) {
        this.findings = findings;
        this.path = path;
        this.members = members;
        this.elements = elements;
        this.primitives = primitives;
    }

    /** For one value. */
    static StrictDecoder of(JsonNode node, Findings findings) {
        return of(node, "", findings);
    }

    private static StrictDecoder of(JsonNode node, String path, Findings findings) {
        StrictDecoder decoder =
                new StrictDecoder(findings, path, Collections.emptyIterator(), Collections.emptyIterator(), Set.of());
        decoder.value = node;
        return decoder;
    }

    private String here() {
        if (index >= 0) {
            return path + "[" + index + "]";
        }
        return name.isEmpty() ? path : Violation.child(path, name);
    }

    /** The value to decode next, without taking it. */
    private JsonNode peek() {
        if (value == null && elements.hasNext()) {
            value = elements.next();
            index++;
        }
        if (value == null) {
            throw new IllegalStateException("there is no value at " + path);
        }
        return findings.hasReplaced() && findings.isReplaced(here()) ? JsonNode.nullNode() : value;
    }

    private JsonNode take() {
        JsonNode node = peek();
        findings.taken(path, name, index);
        value = null;
        return node;
    }

    /** Whether the next value is a text that is only a number. */
    boolean isNumberInText() {
        return peek().isString() && NUMBER.matcher(peek().getStringValue()).matches();
    }

    /** Notes that the next value is of a wrong type, and skips the value. */
    void refuse(String mistake) {
        findings.add(here(), peek().isNull() ? "must not be null" : mistake + ", not " + JsonText.shown(peek()));
        take();
    }

    @Override
    public Decoder decodeArray(Argument<?> type) {
        Iterator<JsonNode> children = Collections.emptyIterator();
        if (peek().isArray()) {
            children = take().values().iterator();
        } else {
            refuse("must be an array");
        }
        return new StrictDecoder(findings, here(), Collections.emptyIterator(), children, Set.of());
    }

    @Override
    public boolean hasNextArrayValue() {
        return value != null || elements.hasNext();
    }

    @Override
    public Decoder decodeObject(Argument<?> type) {
        Iterator<Map.Entry<String, JsonNode>> children = Collections.emptyIterator();
        if (peek().isObject()) {
            JsonNode object = take();
            children = object.entries().iterator();
            findings.requirePrimitives(type, object, here());
        } else {
            refuse("must be an object");
        }
        return new StrictDecoder(findings, here(), children, Collections.emptyIterator(), findings.primitives(type));
    }

    @Override
    public String decodeKey() {
        if (!members.hasNext()) {
            name = "";
            value = null;
            return null;
        }
        Map.Entry<String, JsonNode> member = members.next();
        name = member.getKey();
        value = member.getValue();
        return name;
    }

    @Override
    public void skipValue() {
        findings.ignored(here(), path);
        value = null;
    }

    @Override
    public void finishStructure(boolean consumeLeftElements) {
        while (decodeKey() != null) {
            skipValue();
        }
    }

    @Override
    public boolean decodeNull() {
        if (peek().isNull() && !primitives.contains(name)) {
            value = null;
            return true;
        }
        return false;
    }

    @Override
    public String decodeString() {
        if (peek().isString()) {
            return take().getStringValue();
        }
        refuse("must be text");
        return "";
    }

    @Override
    public boolean decodeBoolean() {
        if (peek().isBoolean()) {
            return take().getBooleanValue();
        }
        refuse("must be true or false");
        return false;
    }

    @Override
    public char decodeChar() {
        if (peek().isString() && peek().getStringValue().length() == 1) {
            return take().getStringValue().charAt(0);
        }
        refuse("must be text of one character");
        return ' ';
    }

    @Override
    public byte decodeByte() {
        return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public short decodeShort() {
        return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public int decodeInt() {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long decodeLong() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long integer(long least, long most) {
        if (!isWhole()) {
            refuse("must be an integer");
            return 0;
        }
        BigDecimal number = peek().getBigDecimalValue();
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            refuse("must be between " + least + " and " + most);
            return 0;
        }
        value = null;
        return number.longValueExact();
    }

    @Override
    public BigInteger decodeBigInteger() {
        if (!isWhole()) {
            refuse("must be an integer");
            return BigInteger.ZERO;
        }
        BigDecimal number = peek().getBigDecimalValue();
        if ((long) number.precision() - number.scale() > MOST_DIGITS) {
            refuse("must have at most " + MOST_DIGITS + " digits");
            return BigInteger.ZERO;
        }
        value = null;
        return number.toBigIntegerExact();
    }

    /** By the scale, not by a conversion: 1e999999999 would need a gigabyte of digits. */
    private boolean isWhole() {
        return peek().isNumber() && ExactNumber.isWhole(peek().getBigDecimalValue());
    }

    @Override
    public float decodeFloat() {
        return (float) real(Float.MAX_VALUE);
    }

    @Override
    public double decodeDouble() {
        return real(Double.MAX_VALUE);
    }

    private double real(double largest) {
        if (!peek().isNumber()) {
            refuse("must be a number");
            return 0;
        }
        double number = peek().getDoubleValue();
        if (Math.abs(number) > largest) {
            refuse("must be between " + -largest + " and " + largest);
            return 0;
        }
        value = null;
        return number;
    }

    @Override
    public BigDecimal decodeBigDecimal() {
        if (peek().isNumber()) {
            return take().getBigDecimalValue();
        }
        refuse("must be a number");
        return BigDecimal.ZERO;
    }

    @Override
    public byte[] decodeBinary() {
        try {
            if (peek().isString()) {
                byte[] bytes = Base64.getDecoder().decode(peek().getStringValue());
                value = null;
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        refuse("must be text in base64");
        return new byte[0];
    }

    @Override
    public Object decodeArbitrary() {
        return arbitrary(take());
    }

    private static Object arbitrary(JsonNode node) {
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>(node.size());
            node.values().forEach(element -> elements.add(arbitrary(element)));
            return elements;
        }
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.entries().forEach(member -> members.put(member.getKey(), arbitrary(member.getValue())));
            return members;
        }
        return node.isNull() ? null : node.getValue();
    }

    @Override
    public JsonNode decodeNode() {
        return take();
    }

    @Override
    public Decoder decodeBuffer() {
        JsonNode buffered = take();
        return of(buffered, here(), findings);
    }

    @Override
    public IOException createDeserializationException(String message, Object invalidValue) {
        return new SerdeException(message);
    }
}
