package dev.tare.io;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.HeapLimit;
import dev.tare.harness.Parameters;
import dev.tare.io.linux.LinuxFile;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.workload.AccessParameters;
import java.util.Optional;

/**
 * Checks the parameters of this module's benchmarks before a JVM is forked for them. Threads, files, devices and hosts are
 * not known here: what is refused because of them, the benchmark refuses in its set-up.
 */
public final class IoParameters implements BenchmarkCheck {
    private static final String PACKAGE = IoParameters.class.getPackageName() + ".";

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    /** What discards need: system calls for files and devices, and a LUN that takes them. */
    @Override
    public Optional<String> lacking(Requested requested) {
        if (requested.benchmark().equals(FileBench.class.getName() + ".discard")) {
            return LinuxFile.missing()
                    .map(why -> "expected a JVM that can make system calls, got none: " + why
                            + "; start it on JDK 22 or newer");
        }
        return requested.benchmark().equals(IscsiBench.class.getName() + ".discard")
                        && IscsiBench.isEmbedded(requested.parameters().getOrDefault("target", ""))
                ? Optional.of(IscsiBench.NO_EMBEDDED_DISCARDS)
                : Optional.empty();
    }

    @Override
    public void require(Requested requested) {
        FileBench file = new FileBench();
        IscsiBench iscsi = new IscsiBench();
        AccessParameters access = new AccessParameters();
        requested.parameters().forEach((name, value) -> {
            switch (name) {
                case "blockBytes" -> access.blockBytes = value;
                case "queueDepth" ->
                    access.queueDepth = (int) Parameters.wholeNumber(name, value, 1, AccessParameters.MOST_OUTSTANDING);
                case "access" -> access.access = value;
                case "ratePerS" -> access.ratePerS = value;
                case "sync" -> access.sync = value;
                case "precondition" -> access.precondition = value;
                case "steadyState" -> access.steadyState = value;
                case "log" -> access.log = value;
                case "engine" -> file.engine = value;
                case "arrivals" -> access.arrivals = value;
                case "align" -> access.align = value;
                case "sizeBytes" -> access.sizeBytes = value;
                case "seed" -> access.seed = Parameters.wholeNumber(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "readPercent", "randomPercent" -> Parameters.wholeNumber(name, value, 0, 100);
                case "target" -> {
                    file.target = value;
                    iscsi.target = value;
                }
                case "direct" -> file.direct = Parameters.trueOrFalse(name, value);
                case "overwrite" -> {
                    file.overwrite = Parameters.trueOrFalse(name, value);
                    iscsi.overwrite = Parameters.trueOrFalse(name, value);
                }
                case "marks" -> {
                    file.marks = value;
                    iscsi.marks = value;
                }
                case "require" -> file.require = value;
                case "backing" -> file.backing = value;
                case "digests" -> iscsi.digests = value;
                case "poll" -> iscsi.poll = value;
                case "chapFile" -> iscsi.chapFile = value;
                default -> throw new IllegalStateException(name + ": has no check; add one to " + IoParameters.class);
            }
        });
        AccessSpec spec = AccessBench.spec(
                access, requested.benchmark(), name -> requested.parameters().getOrDefault(name, ""));
        AccessBench bench = requested.benchmark().startsWith(FileBench.class.getName() + ".") ? file : iscsi;
        HeapLimit heap = HeapLimit.ofFork(requested.heapBytes(), requested.obtainableBytes());
        bench.require(access, spec, requested.threads(), heap);
    }
}
