package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What /proc/cpuinfo says of the first processor. */
record Processor(Optional<Set<String>> flags, Optional<String> model) {
    private static final Pattern FLAGS = Pattern.compile("(?m)^flags\\s*:(.*)$");
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");

    static Processor of(MachineFiles files) {
        Optional<String> text = files.words("proc/cpuinfo");
        return new Processor(
                text.flatMap(all -> first(FLAGS, all)).map(flags -> Set.copyOf(List.of(flags.split("\\s+", -1)))),
                text.flatMap(all -> first(MODEL, all)));
    }

    /** The CPUID bit that a hypervisor sets for its guests; x86 alone has it. */
    Answer hypervisorFlag() {
        return flags.map(names -> Answer.of(names.contains("hypervisor"))).orElse(Answer.UNKNOWN);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
