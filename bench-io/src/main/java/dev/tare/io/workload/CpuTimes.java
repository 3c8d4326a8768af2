package dev.tare.io.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CPU time of the whole system since it started, in ticks of {@code /proc/stat}; see proc(5).
 *
 * <p>The whole system, because the work of an I/O is done by interrupts and kernel threads too, which are charged to no
 * process. So other load of the machine is in it.
 *
 * @param user in programs, guests included
 * @param system in the kernel, interrupts included
 * @param iowait idle with an I/O outstanding
 * @param steal taken by the hypervisor
 */
public record CpuTimes(long user, long system, long iowait, long steal) {
    /** Ticks per second: fixed by Linux towards programs, whatever its own timer does. */
    public static final double TICKS_PER_S = 100;

    /** Of this system; empty where there is no {@code /proc/stat}. */
    public static Optional<CpuTimes> read() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/stat")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<CpuTimes> parse(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("cpu "))
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length >= 9)
                .findFirst()
                .map(fields -> new CpuTimes(
                        ticks(fields, 1) + ticks(fields, 2),
                        ticks(fields, 3) + ticks(fields, 6) + ticks(fields, 7),
                        ticks(fields, 5),
                        ticks(fields, 8)));
    }

    private static long ticks(String[] fields, int at) {
        return Long.parseLong(fields[at]);
    }

    /** The difference to an earlier reading. */
    public CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(
                user - earlier.user, system - earlier.system, iowait - earlier.iowait, steal - earlier.steal);
    }
}
