package dev.pglambda.local;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The functions that the platform runs.
 *
 * @param installer the function that installs the bundle
 * @param others in the order of their folders
 */
record PlatformFunctions(ZipFunction installer, List<ZipFunction> others) {

    PlatformFunctions {
        others = List.copyOf(others);
    }

    /** {@link PlatformException} says what is missing or wrong, and what to do. */
    static PlatformFunctions of(PlatformSettings settings) {
        Map<Boolean, List<ZipFunction>> functions = settings.functions().stream()
                .map(folder -> function(folder, settings.databaseLayer()))
                .collect(partitioningBy(function -> function.description().installer()));
        List<ZipFunction> installers = functions.get(true);
        if (installers.size() != 1) {
            throw new PlatformException("of the functions, one must have \"installer\": true in its function.json, to"
                    + " install the bundle; found "
                    + installers.stream().map(ZipFunction::name).toList());
        }
        return new PlatformFunctions(installers.get(0), functions.get(false));
    }

    /** With the same installer. */
    PlatformFunctions with(List<FunctionFolder> changed, Path databaseLayer) {
        return new PlatformFunctions(
                installer,
                changed.stream()
                        .filter(folder -> !folder.description().installer())
                        .map(folder -> function(folder, databaseLayer))
                        .toList());
    }

    /** Whether it has a database, by function. */
    Map<String, Boolean> logins() {
        return others.stream().collect(toMap(ZipFunction::name, function -> function.description()
                .database()));
    }

    List<FunctionDescription> descriptions() {
        return others.stream().map(ZipFunction::description).toList();
    }

    /** The installer first. */
    List<ZipFunction> all() {
        return Stream.concat(Stream.of(installer), others.stream()).toList();
    }

    /** The functions that SQL may call. */
    List<FunctionDescription> callable() {
        return others.stream()
                .map(ZipFunction::description)
                .filter(FunctionDescription::callable)
                .toList();
    }

    /** The functions of a folder; {@link PlatformException} as above. */
    static List<FunctionFolder> read(Path handlers) {
        try {
            List<FunctionFolder> folders = FunctionFolder.in(handlers);
            if (folders.isEmpty()) {
                throw new PlatformException(
                        "no function in " + handlers + ": expected <name>/" + FunctionFolder.FILE + " in it");
            }
            return folders;
        } catch (IOException e) {
            throw new PlatformException("cannot read the functions in " + handlers + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(e.getMessage(), e);
        }
    }

    private static ZipFunction function(FunctionFolder folder, Path layer) {
        boolean database = folder.description().database();
        if (database && !Files.isReadable(layer)) {
            throw new PlatformException("cannot read " + layer + ": build it first, with ./mvnw -DskipTests package");
        }
        return new ZipFunction(folder.description(), folder.zip(), database ? List.of(layer) : List.of(), Map.of());
    }
}
