package dev.tare.machine.inventory;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.spi.SystemInfoProvider;

/** Processor and memory, as OSHI finds them. */
final class Hardware {
    private final SystemInfoProvider system;

    Hardware() {
        // On Linux the native path would unpack a library into the temporary folder and fail where that is noexec.
        this.system = System.getProperty("os.name", "").equals("Linux")
                ? new oshi.nativefree.SystemInfo()
                : new oshi.SystemInfo();
    }

    Map<String, String> processor() {
        CentralProcessor processor = system.getHardware().getProcessor();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("vendor", known(processor.getProcessorIdentifier().getVendor()));
        facts.put("model", known(processor.getProcessorIdentifier().getName()));
        facts.put("identifier", known(processor.getProcessorIdentifier().getIdentifier()));
        facts.put("packages", Integer.toString(processor.getPhysicalPackageCount()));
        facts.put("cores", Integer.toString(processor.getPhysicalProcessorCount()));
        facts.put("logicalProcessors", Integer.toString(processor.getLogicalProcessorCount()));
        facts.put("maxFrequencyMHz", megahertz(processor.getMaxFreq()));
        return facts;
    }

    Map<String, String> memory() {
        GlobalMemory memory = system.getHardware().getMemory();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("totalBytes", Long.toString(memory.getTotal()));
        facts.put("availableBytes", Long.toString(memory.getAvailable()));
        facts.put("pageBytes", Long.toString(memory.getPageSize()));
        facts.put("swapBytes", Long.toString(memory.getVirtualMemory().getSwapTotal()));
        return facts;
    }

    int wordBits() {
        return system.getOperatingSystem().getBitness();
    }

    private static String megahertz(long hertz) {
        return Optional.of(hertz)
                .filter(value -> value > 0)
                .map(value -> String.format(Locale.ROOT, "%d", value / 1_000_000))
                .orElse(MachineFacts.UNKNOWN);
    }

    private static String known(String value) {
        return value.isBlank() ? MachineFacts.UNKNOWN : value;
    }
}
