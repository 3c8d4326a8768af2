package dev.tare.parts;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks up the programs that {@link RequiresProgram} names. */
final class ProgramCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<RequiresProgram> missing =
                AnnotationSupport.findRepeatableAnnotations(context.getElement(), RequiresProgram.class).stream()
                        .filter(program -> Programs.find(program.value()).isEmpty())
                        .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all programs are installed");
        }
        String programs = missing.stream().map(RequiresProgram::value).collect(Collectors.joining(", "));
        String packages =
                missing.stream().map(RequiresProgram::debianPackage).distinct().collect(Collectors.joining(" "));
        return Missing.part("not installed: " + programs + "; on Debian: apt-get install " + packages);
    }
}
