package dev.pglambda.local.secrets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a secret is rotated. The rules are only kept and shown: a secret is rotated on request only.
 *
 * @param function the ARN of the rotation function; empty for a secret that is not rotated
 * @param rotated when the last rotation ended, in seconds; 0 for never
 */
record RotationSettings(String function, Map<?, ?> rules, double rotated) {

    static final RotationSettings NONE = new RotationSettings("", Map.of(), 0);

    RotationSettings with(Optional<String> newFunction, Map<?, ?> newRules) {
        return new RotationSettings(newFunction.orElse(function), newRules.isEmpty() ? rules : newRules, rotated);
    }

    RotationSettings rotatedAt(double time) {
        return new RotationSettings(function, rules, time);
    }

    boolean isEnabled() {
        return !function.isEmpty();
    }

    /** As in the replies of DescribeSecret and ListSecrets. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (isEnabled()) {
            members.put("RotationEnabled", true);
            members.put("RotationLambdaARN", function);
            members.put("RotationRules", rules);
        }
        if (rotated > 0) {
            members.put("LastRotatedDate", rotated);
        }
        return members;
    }
}
