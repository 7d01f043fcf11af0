package dev.pglambda.bench.cold;

import java.util.List;

/** Repeated measurements of the same variant. */
record Series(double median, double least, double most) {

    static Series of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Series(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
