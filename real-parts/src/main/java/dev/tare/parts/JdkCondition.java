package dev.tare.parts;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks for the JDK that {@link RequiresJdk} asks for: this one, or the newest where Debian puts them. */
final class JdkCondition implements ExecutionCondition {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern MAJOR = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d{1,3})");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        int least = AnnotationSupport.findAnnotation(context.getElement(), RequiresJdk.class)
                .map(RequiresJdk::value)
                .orElse(0);
        return home(least)
                .map(home -> ConditionEvaluationResult.enabled("JDK of " + home))
                .orElseGet(() -> Missing.part("no JDK " + least + " or newer below " + INSTALLED
                        + "; on Debian: apt-get install openjdk-25-jdk-headless"));
    }

    /** Where a JDK is that is at least so new. */
    static Optional<Path> home(int least) {
        if (Runtime.version().feature() >= least) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        TreeMap<Integer, Path> installed = new TreeMap<>();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED)) {
            for (Path home : homes) {
                Path release = home.resolve("release");
                if (Files.isRegularFile(release) && Files.isExecutable(home.resolve("bin/java"))) {
                    Matcher major = MAJOR.matcher(Files.readString(release));
                    if (major.find()) {
                        installed.put(Integer.valueOf(major.group(1)), home);
                    }
                }
            }
        } catch (IOException none) {
            return Optional.empty();
        }
        return installed.tailMap(least).isEmpty()
                ? Optional.empty()
                : Optional.of(installed.lastEntry().getValue());
    }
}
