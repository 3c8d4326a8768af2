package dev.tare.parts;

import com.sun.security.auth.module.UnixSystem;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds {@link RequiresRoot}. */
final class RootCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Missing.part("needs Linux");
        }
        return new UnixSystem().getUid() == 0
                ? ConditionEvaluationResult.enabled("running as root")
                : Missing.part("needs root");
    }
}
