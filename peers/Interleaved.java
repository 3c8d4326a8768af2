import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Lets native programs measure before each measured iteration, while ours rests: neighbours of the machine come and go
 * within seconds, so all sides have to be interleaved within seconds too. The system property {@code native} is their shell
 * command; every line that it prints is shown behind the word {@code native}. The scripts that compare benchmarks with
 * their peers compile this class and read those lines.
 */
public final class Interleaved implements InternalProfiler {
    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT) {
            System.out.println();
            run(System.getProperty("native")).lines().forEach(line -> System.out.println("native " + line));
        }
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.of();
    }

    @Override
    public String getDescription() {
        return "interleaved native programs";
    }

    private static String run(String command) {
        try {
            Process process = new ProcessBuilder("bash", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + ": exit code " + exit);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command, e);
        }
    }
}
