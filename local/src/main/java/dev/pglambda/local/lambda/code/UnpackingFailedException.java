package dev.pglambda.local.lambda.code;

import java.io.IOException;
import java.nio.file.Path;

/** The files of a zip cannot be written; the zip itself can be read. */
final class UnpackingFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    UnpackingFailedException(Path file, IOException cause) {
        super("cannot write " + file + " (" + cause.getMessage() + ")", cause);
    }
}
