package dev.pglambda.maven;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One jar of a function.
 *
 * @param fileName its name in the zip
 * @param path the jar, or the folder of classes that it is made of
 */
record Library(String fileName, Path path) {

    Library {
        Objects.requireNonNull(fileName);
        Objects.requireNonNull(path);
    }
}
