import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs unit tests where no build can: prints those that did not pass and, last, how many did. */
final class UnitTests {
    private static final class Outcomes implements TestExecutionListener {
        private int passed;
        private int failed;
        private int leftOut;

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            leftOut++;
            System.out.println("left out: " + test.getUniqueId() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
                case ABORTED -> executionSkipped(test, String.valueOf(result.getThrowable().orElse(null)));
                case FAILED -> {
                    failed++;
                    System.out.println("FAILED: " + test.getUniqueId());
                    result.getThrowable().ifPresent(cause -> cause.printStackTrace(System.out));
                }
            }
        }
    }

    /** Arguments: a folder of test classes, and a regular expression of class names where not all are meant. */
    public static void main(String[] arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(includeClassNamePatterns(arguments.length > 1 ? arguments[1] : ".*Test"))
                .build();
        Outcomes outcomes = new Outcomes();
        LauncherFactory.create().execute(request, outcomes);
        System.out.println(outcomes.passed + " passed, " + outcomes.failed + " failed, " + outcomes.leftOut + " left out");
        // Tests leave threads behind. None that passed is a folder without tests.
        System.exit(outcomes.failed == 0 && outcomes.passed > 0 ? 0 : 1);
    }

    private UnitTests() {}
}
