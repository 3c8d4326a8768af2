package dev.tare.machine.cpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processor seconds of a whole machine since its start, summed over its processors, in the kinds of {@code /proc/stat}; see
 * proc(5). In a container these are the host's, unless its manager shows it others.
 *
 * @param userS programs, guests of this machine and those with low priority included
 * @param systemS the kernel on behalf of programs
 * @param iowaitS a processor was idle while an I/O that it had begun was outstanding
 * @param interruptS hard interrupts
 * @param softInterruptS soft interrupts, where the kernel does most of its network work
 * @param stealS a processor wanted to run and the hypervisor ran somebody else
 */
public record MachineTimes(
        double userS, double systemS, double iowaitS, double interruptS, double softInterruptS, double stealS) {
    /** Linux shows these times to programs in hundredths of a second, whatever its own tick is. */
    public static final double RESOLUTION_S = 0.01;

    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_S = 100;
    private static final int STEAL = 8;

    /** This machine's times now, or empty where there is no such file. */
    public static Optional<MachineTimes> now() {
        try (BufferedReader lines = Files.newBufferedReader(STAT)) {
            return parse(lines.readLine());
        } catch (IOException absentOrForbidden) {
            return Optional.empty();
        }
    }

    /**
     * Reads the line {@code cpu user nice system idle iowait irq softirq steal ...}, the first of the file; empty when it is
     * another one, or of a kernel that does not tell them all.
     */
    static Optional<MachineTimes> parse(@Nullable String line) {
        String[] fields = line == null ? new String[0] : line.trim().split(" +");
        if (fields.length <= STEAL || !fields[0].equals("cpu")) {
            return Optional.empty();
        }
        double[] seconds = new double[fields.length];
        for (int field = 1; field < fields.length; field++) {
            seconds[field] = Long.parseLong(fields[field]) / TICKS_PER_S;
        }
        return Optional.of(new MachineTimes(
                seconds[1] + seconds[2], seconds[3], seconds[5], seconds[6], seconds[7], seconds[STEAL]));
    }

    /** Work of any kind; neither steal nor waiting is work. */
    public double busyS() {
        return userS + systemS + interruptS + softInterruptS;
    }

    /** What was used since an earlier reading of the same machine. */
    public MachineTimes minus(MachineTimes earlier) {
        return new MachineTimes(
                userS - earlier.userS,
                systemS - earlier.systemS,
                iowaitS - earlier.iowaitS,
                interruptS - earlier.interruptS,
                softInterruptS - earlier.softInterruptS,
                stealS - earlier.stealS);
    }
}
