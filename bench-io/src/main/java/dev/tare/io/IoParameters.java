package dev.tare.io;

import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.Shares;
import java.util.Map;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; their set-ups make the same checks. */
public final class IoParameters {
    private static final String PACKAGE = IoParameters.class.getPackageName() + ".";

    private IoParameters() {}

    /**
     * Checks one configuration of a benchmark.
     *
     * <p>Threads, files, devices and hosts are not known here: what is refused because of them, the benchmark refuses in
     * its set-up.
     *
     * @param benchmark JMH's full name of it, class and method; those of other modules pass
     * @param parameters the value of each of its parameters, as it stands on the command line
     * @throws IllegalArgumentException when the benchmark would refuse them, with the reason and what to do
     */
    public static void require(String benchmark, Map<String, String> parameters) {
        if (!benchmark.startsWith(PACKAGE)) {
            return;
        }
        boolean isFile = benchmark.startsWith(FileBench.class.getName() + ".");
        FileBench file = new FileBench();
        IscsiBench iscsi = new IscsiBench();
        AccessParameters access = new AccessParameters();
        parameters.forEach((name, value) -> {
            switch (name) {
                case "blockBytes" -> access.blockBytes = number(name, value);
                case "queueDepth" -> access.queueDepth = number(name, value);
                case "align" -> access.align = number(name, value);
                case "sizeBytes" -> access.sizeBytes = value;
                case "seed" -> access.seed = seed(value);
                case "readPercent", "randomPercent" -> number(name, value);
                case "target" -> {
                    file.target = value;
                    iscsi.target = value;
                }
                case "direct" -> file.direct = word(name, value);
                case "overwrite" -> {
                    file.overwrite = word(name, value);
                    iscsi.overwrite = word(name, value);
                }
                case "require" -> file.require = value;
                case "backing" -> file.backing = value;
                case "digests" -> iscsi.digests = value;
                case "poll" -> iscsi.poll = value;
                case "chapFile" -> iscsi.chapFile = value;
                default -> throw new IllegalStateException(name + ": has no check; add one to " + IoParameters.class);
            }
        });
        Shares shares = AccessBench.shares(benchmark, parameters::get);
        access.requireShares(shares);
        AccessBench bench = isFile ? file : iscsi;
        bench.requireParameters(access, shares);
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number below 2^31, got \"" + value + "\"; pass for example -p " + name
                            + "=" + (name.endsWith("Percent") ? "50" : "4096"),
                    e);
        }
    }

    private static long seed(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed: expected a whole number below 2^63, got \"" + value + "\"", e);
        }
    }

    /** JMH takes every word but {@code true} for false. */
    private static boolean word(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + ": expected true or false, got \"" + value + "\"");
        }
        return Boolean.parseBoolean(value);
    }
}
