package dev.pglambda.bench.cold;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as Markdown, and as a chart of bars in SVG. */
final class Report {

    private static final int BAR = 22;
    private static final int LABELS = 260;
    private static final int WIDTH = 900;

    private Report() {}

    /** First answers with their ratios to the plain handler of the same kind and to the Node peer of the same job. */
    static String starts(String title, Map<String, Series> milliseconds, Map<String, Series> megabytes) {
        StringBuilder table = new StringBuilder(
                "\n### " + title + "\n\n"
                        + "| variant | median ms | min–max ms | × plain | × Node | memory MB |\n|---|---:|---:|---:|---:|---:|\n");
        milliseconds.forEach((name, series) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f–%.0f | %s | %s | %.0f |%n",
                name,
                series.median(),
                series.least(),
                series.most(),
                ratio(series, milliseconds.get(Names.plainPeer(name))),
                ratio(series, milliseconds.get(Names.nodePeer(name))),
                megabytes.get(name).median())));
        return table.toString();
    }

    /** First calls after initialization, with their ratios to the Node peer of the same job. */
    static String restored(Map<String, Series> milliseconds) {
        StringBuilder table = new StringBuilder("\n### First call of an initialized process (SnapStart: restored)\n\n"
                + "| variant | median ms | min–max ms | × Node |\n|---|---:|---:|---:|\n");
        milliseconds.forEach((name, series) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f–%.1f | %s |%n",
                name,
                series.median(),
                series.least(),
                series.most(),
                ratio(series, milliseconds.get(Names.nodePeer(name))))));
        return table.toString();
    }

    static String warm(Map<String, Variant.Warm> figures) {
        StringBuilder table = new StringBuilder(
                "\n### Warm\n\n"
                        + "| variant | median µs | × plain | × Node | calls/s | memory MB | × Node |\n|---|---:|---:|---:|---:|---:|---:|\n");
        figures.forEach((name, warm) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %s | %.0f | %.0f | %s |%n",
                name,
                warm.microseconds().median(),
                warmRatio(warm, figures.get(Names.plainPeer(name))),
                warmRatio(warm, figures.get(Names.nodePeer(name))),
                warm.callsPerSecond(),
                warm.megabytes(),
                figures.containsKey(Names.nodePeer(name))
                        ? times(warm.megabytes()
                                / figures.get(Names.nodePeer(name)).megabytes())
                        : "")));
        return table.toString();
    }

    static String chart(String title, Map<String, Series> milliseconds) {
        double most =
                milliseconds.values().stream().mapToDouble(Series::most).max().orElse(1);
        double scale = (WIDTH - LABELS - 80) / most;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/><text x=\"10\" y=\"20\" font-weight=\"bold\">%s</text>%n",
                WIDTH,
                40 + BAR * milliseconds.size(),
                title));
        int y = 34;
        for (Map.Entry<String, Series> entry : milliseconds.entrySet()) {
            svg.append(bar(entry.getKey(), entry.getValue(), y, scale));
            y += BAR;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(String name, Series series, int y, double scale) {
        String color = name.startsWith("Node") || name.startsWith("plain") ? "#9aa5b1" : "#2f6db5";
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>"
                        + "<path d=\"M%.1f %dH%.1f\" stroke=\"black\"/><text x=\"%.1f\" y=\"%d\">%.0f ms</text>%n",
                LABELS - 10,
                y + 12,
                name,
                LABELS,
                y,
                series.median() * scale,
                color,
                LABELS + series.least() * scale,
                y + 7,
                LABELS + series.most() * scale,
                LABELS + series.most() * scale + 6,
                y + 12,
                series.median());
    }

    private static String warmRatio(Variant.Warm warm, Variant.Warm peer) {
        return peer == null ? "" : ratio(warm.microseconds(), peer.microseconds());
    }

    private static String ratio(Series series, Series peer) {
        return peer == null ? "" : times(series.median() / peer.median());
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Names of variants, and their peers. */
    static final class Names {

        private Names() {}

        static String of(String function, int jdk, boolean cache) {
            return function + ", JDK " + jdk + (cache ? ", cache" : "");
        }

        static String node(String job) {
            return "Node, " + job;
        }

        static String plainPeer(String name) {
            return name.contains(", JDK") ? name.replaceFirst("^[a-z]+", "plain") : "";
        }

        static String nodePeer(String name) {
            return node(name.contains("process") ? "process" : "transform");
        }

        static List<String> inOrder() {
            return List.of("plain", "transform", "validate", "process");
        }
    }
}
