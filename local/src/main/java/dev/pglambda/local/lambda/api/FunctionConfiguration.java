package dev.pglambda.local.lambda.api;

import dev.pglambda.function.FunctionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a function as Lambda's API describes it.
 *
 * @param zip where its code is; empty for a function that runs in this process
 */
public record FunctionConfiguration(FunctionDescription description, String version, Optional<Path> zip) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    /** The members of FunctionConfiguration in the API. */
    Map<String, Object> members() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("FunctionName", description.name());
        members.put("FunctionArn", arn());
        members.put("Runtime", "java" + Runtime.version().feature());
        members.put("Role", "arn:aws:iam::" + FunctionArn.ACCOUNT + ":role/" + description.name());
        members.put("Handler", description.handler());
        members.put("Description", description.description());
        members.put("Timeout", description.timeoutSeconds());
        members.put("MemorySize", description.memoryMb());
        members.put("Version", version);
        members.put("PackageType", "Zip");
        members.put("State", "Active");
        members.put("LastUpdateStatus", "Successful");
        boolean exists = zip.isPresent() && Files.exists(zip.get());
        members.put("CodeSize", exists ? Files.size(zip.get()) : 0L);
        members.put(
                "LastModified",
                TIME.format(exists ? Files.getLastModifiedTime(zip.get()).toInstant() : Instant.EPOCH));
        return members;
    }

    private String arn() {
        boolean latest = version.equals(FunctionArn.LATEST);
        return new FunctionArn(description.name(), latest ? Optional.empty() : Optional.of(version)).toString();
    }
}
