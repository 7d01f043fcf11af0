package dev.pglambda.local.postgres;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes the few kinds of ASN.1 values that a certificate needs, in DER: a tag, the length, the content. */
final class Der {

    private Der() {}

    static byte[] sequence(byte[]... values) {
        return value(0x30, values);
    }

    static byte[] set(byte[]... values) {
        return value(0x31, values);
    }

    static byte[] bool(byte[] content) {
        return value(0x01, content);
    }

    static byte[] integer(int number) {
        return value(0x02, BigInteger.valueOf(number).toByteArray());
    }

    /** All bits are used. */
    static byte[] bits(byte[] content) {
        return value(0x03, new byte[] {0}, content);
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    static byte[] objectId(byte[] content) {
        return value(0x06, content);
    }

    static byte[] utf8(String text) {
        return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] utcTime(byte[] content) {
        return value(0x17, content);
    }

    /** A whole value under a number. */
    static byte[] explicit(int number, byte[] value) {
        return value(0xA0 + number, value);
    }

    /** The content of a simple value under a number. */
    static byte[] implicit(int number, byte[] content) {
        return value(0x80 + number, content);
    }

    private static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        writeLength(value, content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length > 0x7F) {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int start = bytes[0] == 0 ? 1 : 0; // BigInteger's sign
            out.write(0x80 + bytes.length - start);
            out.write(bytes, start, bytes.length - start);
        } else {
            out.write(length);
        }
    }
}
