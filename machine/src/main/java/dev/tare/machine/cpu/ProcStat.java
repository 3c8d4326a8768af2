package dev.tare.machine.cpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the machine's processor times as Linux counts them in {@code /proc/stat}. */
final class ProcStat {
    private static final Path STAT = Path.of("/proc/stat");
    /** Linux shows these times to programs in hundredths of a second, whatever its own tick is. */
    private static final double TICKS_PER_S = 100;

    private static final int STEAL = 8;

    private ProcStat() {}

    /** The machine's times now, or empty where there is no such file. */
    static Optional<MachineTimes> now() {
        if (!Files.isReadable(STAT)) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(STAT)) {
            return parse(lines.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads the line {@code cpu user nice system idle iowait irq softirq steal ...}; empty when it is another one. */
    static Optional<MachineTimes> parse(@Nullable String line) {
        String[] fields = line == null ? new String[0] : line.trim().split(" +");
        if (fields.length <= STEAL || !fields[0].equals("cpu")) {
            return Optional.empty();
        }
        double[] seconds = new double[fields.length];
        for (int field = 1; field < fields.length; field++) {
            seconds[field] = Long.parseLong(fields[field]) / TICKS_PER_S;
        }
        return Optional.of(new MachineTimes(seconds[1] + seconds[2], seconds[3], seconds[6], seconds[7], seconds[8]));
    }
}
