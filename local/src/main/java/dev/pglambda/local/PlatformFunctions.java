package dev.pglambda.local;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The functions that the platform runs, as their descriptions say.
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
        List<ZipFunction> functions = read(settings.handlers()).stream()
                .map(folder -> function(folder, settings.databaseLayer()))
                .toList();
        List<ZipFunction> installers = functions.stream()
                .filter(function -> function.description().installer())
                .toList();
        if (installers.size() != 1) {
            throw new PlatformException("of the functions in " + settings.handlers() + ", one must have \"installer\":"
                    + " true in its function.json, to install the bundle; it is so for "
                    + installers.stream().map(ZipFunction::name).toList());
        }
        return new PlatformFunctions(
                installers.get(0),
                functions.stream()
                        .filter(function -> !function.description().installer())
                        .toList());
    }

    /** The functions after a change of each. */
    PlatformFunctions map(UnaryOperator<ZipFunction> change) {
        return new PlatformFunctions(
                change.apply(installer), others.stream().map(change).toList());
    }

    /** The installer first. */
    List<ZipFunction> all() {
        List<ZipFunction> all = new ArrayList<>(List.of(installer));
        all.addAll(others);
        return all;
    }

    /** What SQL may call. */
    List<FunctionDescription> callable() {
        return others.stream()
                .map(ZipFunction::description)
                .filter(FunctionDescription::callable)
                .toList();
    }

    private static List<FunctionFolder> read(Path handlers) {
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
        if (!folder.description().database()) {
            return new ZipFunction(folder.description(), folder.zip(), List.of(), Map.of());
        }
        if (!Files.isReadable(layer)) {
            throw new PlatformException("cannot read " + layer + ": build it first, with ./mvnw -DskipTests package");
        }
        return new ZipFunction(folder.description(), folder.zip(), List.of(layer), Map.of());
    }
}
