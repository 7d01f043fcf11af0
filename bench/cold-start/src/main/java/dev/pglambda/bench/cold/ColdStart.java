package dev.pglambda.bench.cold;

import dev.pglambda.local.LocalPlatform;
import dev.pglambda.local.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * First answers of all functions and their peers, in one run and in turns, so that whatever else the machine does hits
 * all of them alike. Then warm calls, first calls after SnapStart's restore, and starts on one core and on half a core. Writes Markdown to standard output and
 * the chart to {@code bench/cold-start/target/cold-start.svg}.
 */
public final class ColdStart {

    private static final int LIMITED_ROUNDS = 5;
    private static final int WARM_UP = 3_000;
    private static final int WARM_CALLS = 3_000;

    private final int rounds;

    private ColdStart(int rounds) {
        this.rounds = rounds;
    }

    /** Takes the number of counted rounds, 9 by default; "restored" after it measures these first calls only. */
    public static void main(String[] arguments) throws Exception {
        ColdStart bench = new ColdStart(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9);
        try (LocalPlatform platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("handlers")))) {
            if (List.of(arguments).contains("restored")) {
                Path work = Files.createTempDirectory("cold-start");
                bench.restored(new Variants(platform.functions(), work).initialized());
            } else {
                bench.measure(platform);
            }
        }
    }

    private void measure(LocalPlatform platform) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("cold-start");
        Variants variants = new Variants(platform.functions(), work);
        List<Variant> all = variants.all();
        System.out.println(machine());
        Map<String, Series> milliseconds = starts("First answer", all, rounds);
        Path chart = Path.of("bench/cold-start/target/cold-start.svg");
        Files.writeString(chart, Report.chart("First answer, median of " + rounds, milliseconds));
        Map<String, Variant.Warm> warm = new LinkedHashMap<>();
        for (Variant variant : all) {
            warm.put(variant.name(), variant.callWarm(WARM_UP, WARM_CALLS));
        }
        System.out.println(Report.warm(warm));
        restored(variants.initialized());
        limited(all);
        System.err.println("chart: " + chart);
    }

    private Map<String, Series> starts(String title, List<Variant> variants, int counted)
            throws IOException, InterruptedException {
        Map<String, List<Variant.Start>> starts = new LinkedHashMap<>();
        for (int round = 0; round <= counted; round++) {
            for (Variant variant : variants) {
                Variant.Start start = variant.startOnce();
                if (round > 0) { // the first is for the disk's sake
                    starts.computeIfAbsent(variant.name(), name -> new ArrayList<>())
                            .add(start);
                }
            }
            System.err.printf("%s: round %d of %d%n", title, round, counted);
        }
        Map<String, Series> milliseconds = new LinkedHashMap<>();
        Map<String, Series> megabytes = new LinkedHashMap<>();
        starts.forEach((name, figures) -> {
            milliseconds.put(
                    name,
                    Series.of(figures.stream().map(Variant.Start::milliseconds).toList()));
            megabytes.put(
                    name,
                    Series.of(figures.stream().map(Variant.Start::megabytes).toList()));
        });
        System.out.println(Report.starts(title, milliseconds, megabytes));
        return milliseconds;
    }

    /** What a caller on Lambda waits for with SnapStart, against Node's first call after its initialization. */
    private void restored(List<Variant> variants) throws IOException, InterruptedException {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Variant variant : variants) {
                double milliseconds = variant.firstCallOnce();
                if (round > 0) {
                    figures.computeIfAbsent(variant.name(), name -> new ArrayList<>())
                            .add(milliseconds);
                }
            }
            System.err.printf("Restored: round %d of %d%n", round, rounds);
        }
        Map<String, Series> milliseconds = new LinkedHashMap<>();
        figures.forEach((name, values) -> milliseconds.put(name, Series.of(values)));
        System.out.println(Report.restored(milliseconds));
    }

    /** Lambda gives CPU by memory: about a core at 1,769 MB, half of one at half of that. */
    private void limited(List<Variant> variants) throws IOException, InterruptedException {
        if (CpuLimit.canPin()) {
            starts("First answer on one core", behind(variants, CpuLimit.oneCore()), LIMITED_ROUNDS);
        } else {
            System.out.println("\nOne core: not measured, there is no taskset here.");
        }
        try (CpuLimit half = CpuLimit.half()) {
            starts("First answer on half a core", behind(variants, half.prefix()), LIMITED_ROUNDS);
        } catch (UnsupportedOperationException e) {
            System.out.println("\nHalf a core: not measured, " + e.getMessage() + ".");
        }
    }

    private static List<Variant> behind(List<Variant> variants, List<String> prefix) {
        return variants.stream().map(variant -> variant.behind(prefix)).toList();
    }

    private String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = Files.exists(cpus)
                ? Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.replaceFirst(".*: ", ""))
                        .findFirst()
                        .orElse("")
                : "";
        return rounds + " counted rounds in turns; " + Runtime.getRuntime().availableProcessors() + " cores " + model
                + ", "
                + System.getProperty("os.name") + ", JDK " + Runtime.version()
                + Jdk25.find().map(jvm -> " and " + jvm.home().getFileName()).orElse("");
    }
}
