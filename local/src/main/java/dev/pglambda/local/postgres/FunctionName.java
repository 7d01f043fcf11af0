package dev.pglambda.local.postgres;

import java.util.Optional;

/**
 * What a function's name says about region and qualifier. All of Lambda's forms: {@code f}, {@code
 * 123456789012:function:f}, {@code arn:aws:lambda:us-east-1:123456789012:function:f}, each with or without
 * {@code :qualifier}. A name that fits none is for Lambda to refuse.
 */
record FunctionName(Optional<String> region, Optional<String> qualifier) {

    private static final int ARN_REGION = 3;
    private static final String FUNCTION = "function:";

    static FunctionName parse(String name) {
        Optional<String> region = Optional.empty();
        if (name.startsWith("arn:")) {
            String[] parts = name.split(":", -1);
            region = Optional.of(parts).filter(p -> p.length > ARN_REGION).map(p -> p[ARN_REGION]);
        }
        int function = name.indexOf(FUNCTION);
        String last = function < 0 ? name : name.substring(function + FUNCTION.length());
        int colon = last.indexOf(':');
        return new FunctionName(region, colon < 0 ? Optional.empty() : Optional.of(last.substring(colon + 1)));
    }

    /** A plain name with a region is fine: this machine is every region. */
    void requireNoContradiction(Optional<String> askedRegion, Optional<String> askedQualifier) {
        if (askedRegion.isPresent() && region.isPresent() && !askedRegion.equals(region)) {
            throw CallFailure.contradictingRegion(askedRegion.get(), region.get());
        }
        if (askedQualifier.isPresent() && qualifier.isPresent() && !askedQualifier.equals(qualifier)) {
            throw CallFailure.contradictingQualifier();
        }
    }
}
