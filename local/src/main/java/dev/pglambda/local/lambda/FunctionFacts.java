package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What Lambda tells about a function.
 *
 * @param zip where its code is; empty for one that runs in this process
 */
record FunctionFacts(FunctionArn arn, FunctionDefinition definition, Optional<Path> zip) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    /** As FunctionConfiguration in the API. */
    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("FunctionName", definition.name());
        json.writeStringField("FunctionArn", arn.toString());
        json.writeStringField("Runtime", "java" + Runtime.version().feature());
        json.writeStringField("Role", "arn:aws:iam::" + FunctionArn.ACCOUNT + ":role/" + definition.name());
        json.writeStringField("Handler", definition.handler());
        json.writeStringField("Description", definition.description());
        json.writeNumberField("Timeout", definition.timeoutSeconds());
        json.writeNumberField("MemorySize", definition.memoryMb());
        json.writeStringField("Version", arn.version());
        json.writeStringField("PackageType", "Zip");
        json.writeStringField("State", "Active");
        json.writeStringField("LastUpdateStatus", "Successful");
        writeCode(json);
        json.writeEndObject();
    }

    private void writeCode(JsonGenerator json) throws IOException {
        long size = 0;
        Instant modified = Instant.EPOCH;
        if (zip.isPresent() && Files.exists(zip.get())) {
            size = Files.size(zip.get());
            modified = Files.getLastModifiedTime(zip.get()).toInstant();
        }
        json.writeNumberField("CodeSize", size);
        json.writeStringField("LastModified", TIME.format(modified));
    }
}
