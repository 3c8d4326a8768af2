package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.RequiresJdk;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks under JMH's own main program, for times too short to measure anything; each checks itself. */
@RequiresProgram(value = "taskset", debianPackage = "util-linux")
final class BenchmarksIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int FIRST_WITH_SYSTEM_CALLS = 22;
    private static final boolean HAS_TWO_PROCESSORS =
            new Topology(MachineFiles.ofThisMachine()).allowed().size() > 1;

    @TempDir
    Path folder;

    @Test
    void timersClocksAndHandOversRunOnEveryJdk() throws Exception {
        String output = run(
                0,
                0,
                "TimerBench.(sleep|parkNanos|nanoTime|currentTimeMillis|instantNow|emptyCall)"
                        + "|SyscallBench.contextSwitch"
                        + (HAS_TWO_PROCESSORS ? "|SyscallBench.(wakeUp|spinning)" : ""));

        // A millisecond, of which a thread never sleeps less.
        assertThat(score(output, "TimerBench.sleep", "us/op")).isGreaterThan(1000);
        assertThat(score(output, "TimerBench.sleep:overshootP50Us", "us"))
                .isLessThanOrEqualTo(score(output, "TimerBench.sleep:overshootMaxUs", "us"))
                .isPositive();
        assertThat(score(output, "TimerBench.parkNanos", "us/op")).isGreaterThan(50);
        assertThat(score(output, "TimerBench.parkNanos:overshootMaxUs", "us")).isPositive();
        assertThat(score(output, "SyscallBench.contextSwitch:contextSwitchesPercent", "%"))
                .isGreaterThanOrEqualTo(90);
        assertThat(output)
                .containsPattern("# fact clock-source: \\w+")
                .containsPattern("# fact timer-slack-ns: \\d+")
                .containsPattern("# fact processors: \\d+\\n");
    }

    @Test
    @RequiresJdk(FIRST_WITH_SYSTEM_CALLS)
    void systemCallsAndFaultsAreThoseThatTheKernelCounted() throws Exception {
        String output = run(
                0,
                FIRST_WITH_SYSTEM_CALLS,
                "TimerBench.clockGettime|SyscallBench.(nullCall|libraryCall" + "|freshPage|mappedPage"
                        + (HAS_TWO_PROCESSORS ? "|protectShared|protectAlone" : "") + ")");

        assertThat(output.lines().filter(line -> line.startsWith("TimerBench.clockGettime ")))
                .hasSize(3);
        assertThat(output)
                .containsPattern("SyscallBench.nullCall .* ns/op")
                // Whose page faults fail the run where they are not as many as touches, and none.
                .containsPattern("SyscallBench.freshPage .* ns/op")
                .containsPattern("SyscallBench.mappedPage .* ns/op");
        assertThat(output).containsPattern("# fact page-bytes: \\d+");
    }

    @Test
    void aBenchmarkThatHasNoSystemCallsSaysWhichJdkHas() throws Exception {
        if (Runtime.version().feature() < FIRST_WITH_SYSTEM_CALLS) {
            assertThat(run(1, 0, "SyscallBench.nullCall"))
                    .contains("has no foreign-function API; 22 or newer has", "run it with JDK 22 or newer on Linux");
        } else {
            assertThat(run(0, 0, "SyscallBench.nullCall")).containsPattern("SyscallBench.nullCall .* ns/op");
        }
    }

    private String run(int expectedExit, int leastJdk, String benchmarks) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(benchmarks, "-f", "0", "-wi", "0", "-i", "1", "-r", "20ms"));
        arguments.addAll(List.of("-prof", "os", "-foe", "true"));
        List<String> command = JavaCommand.ofJdk(
                leastJdk,
                List.of("-Djava.io.tmpdir=" + folder),
                "org.openjdk.jmh.Main",
                arguments.toArray(String[]::new));
        try (RunningProgram jmh = RunningProgram.start(command)) {
            assertThat(jmh.awaitExit(LIMIT)).as(jmh.output()).isEqualTo(expectedExit);
            return jmh.output() + "\n";
        }
    }

    /** The first in JMH's table. */
    private static double score(String output, String name, String unit) {
        Matcher row = Pattern.compile(
                        "^" + Pattern.quote(name) + "\\s.*?\\s([0-9.]+) +" + Pattern.quote(unit) + "$",
                        Pattern.MULTILINE)
                .matcher(output);
        assertThat(row.find()).as(name + " in " + output).isTrue();
        return Double.parseDouble(row.group(1));
    }
}
