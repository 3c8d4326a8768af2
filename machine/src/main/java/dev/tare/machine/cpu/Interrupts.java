package dev.tare.machine.cpu;

import dev.tare.machine.MachineFiles;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /proc/interrupts} counts of this machine's processors. */
public final class Interrupts {
    private static final Pattern TLB = Pattern.compile("(?m)^\\s*TLB:((?:\\s+\\d{1,18})+)\\s");

    private Interrupts() {}

    /**
     * Interrupts of all processors so far by which one told another to drop translations of addresses that no longer hold;
     * empty where nobody counts them, as on arm64, whose processors do it without interrupts.
     */
    public static OptionalLong tlbShootdowns(MachineFiles files) {
        Matcher line = TLB.matcher(files.text("proc/interrupts").orElse(""));
        if (!line.find()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (String count : line.group(1).strip().split("\\s+", -1)) {
            sum += Long.parseLong(count);
        }
        return OptionalLong.of(sum);
    }
}
