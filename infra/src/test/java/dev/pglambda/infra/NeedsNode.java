package dev.pglambda.infra;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** CDK runs in Node: without it these tests are skipped with a warning, and fail in CI. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
public @interface NeedsNode {

    /** Asks once. */
    final class Condition implements ExecutionCondition {

        private static final boolean FOUND = find();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            var decision = decide(FOUND, "true".equals(System.getenv("CI")), context.getDisplayName());
            if (decision.isDisabled() && context.getTestMethod().isEmpty()) {
                System.out.println(
                        "[WARNING] Skipped without Node: the synthesis tests in " + context.getDisplayName());
            }
            return decision;
        }

        static ConditionEvaluationResult decide(boolean found, boolean ci, String tests) {
            if (found) {
                return ConditionEvaluationResult.enabled("Node is there");
            }
            if (ci) {
                throw new IllegalStateException(tests + " must run in CI, and Node is missing: install it");
            }
            return ConditionEvaluationResult.disabled("no Node");
        }

        private static boolean find() {
            try {
                Process node = new ProcessBuilder("node", "--version")
                        .redirectErrorStream(true)
                        .start();
                node.getInputStream().readAllBytes();
                return node.waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
