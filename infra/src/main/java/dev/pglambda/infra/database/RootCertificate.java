package dev.pglambda.infra.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersionProps;
import software.constructs.Construct;

/**
 * A layer with certificate authorities, for regions whose RDS has other ones than those in the database layer: GovCloud,
 * China, and regions that are newer than it.
 */
public final class RootCertificate extends LayerVersion {

    private static final String NAME = "rds-ca.pem";

    /** Where functions find the file. */
    public static final String FILE = "/opt/" + NAME;

    /**
     * From a PEM file.
     *
     * @throws IllegalArgumentException if it contains no certificate
     */
    public RootCertificate(Construct scope, String id, Path pem) {
        super(
                scope,
                id,
                LayerVersionProps.builder()
                        .description("Certificate authorities of RDS")
                        .code(Code.fromAsset(folderWith(pem).toString()))
                        .compatibleArchitectures(List.of(Architecture.ARM_64, Architecture.X86_64))
                        .build());
    }

    private static Path folderWith(Path pem) {
        try {
            String text = Files.readString(pem);
            if (!text.contains("-----BEGIN CERTIFICATE-----")) {
                throw new IllegalArgumentException(
                        "sslRootCert is '" + pem + "', which contains no certificate in PEM");
            }
            Path folder = Files.createTempDirectory("pglambda-certificates");
            Files.writeString(folder.resolve(NAME), text);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("sslRootCert is '" + pem + "', which cannot be read", e);
        }
    }
}
