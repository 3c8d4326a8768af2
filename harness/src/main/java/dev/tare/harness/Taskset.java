package dev.tare.harness;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The program {@code taskset} of util-linux, which binds to processors what is to be started, and threads and processes that
 * run: every JDK can start a program, and only newer ones can make the system call themselves.
 *
 * <p>Processors are a list in the kernel's form, {@code 0-3,8}.
 */
public final class Taskset {
    private static final String NAME = "taskset";

    private Taskset() {}

    /** Whether this machine has it. */
    public static boolean isThere() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
    }

    /** What to do where it is wanted and missing, for the end of a message. */
    public static String wanted() {
        return "expected the program " + NAME + " in the path, got none; install it (Debian: util-linux)";
    }

    /** Why nothing can be bound to such a list; empty when it has the kernel's form and this process may use all of it. */
    public static Optional<String> refusal(String processors) {
        Optional<NavigableSet<Integer>> wanted = MachineFiles.numbersOf(processors);
        if (wanted.isEmpty()) {
            return Optional.of("expected a list of processors such as 0-3,8, got \"" + processors + "\"");
        }
        NavigableSet<Integer> allowed = new Topology(MachineFiles.ofThisMachine()).allowed();
        return allowed.containsAll(wanted.get())
                ? Optional.empty()
                : Optional.of("expected processors that this process may use, "
                        + allowed.stream().map(String::valueOf).collect(Collectors.joining(",")) + ", got \""
                        + processors + "\"");
    }

    /** The words before a command that bind it; none for an empty list. */
    static List<String> before(String processors) {
        return processors.isEmpty() ? List.of() : List.of(NAME, "-c", processors);
    }

    /**
     * Binds one thread, and those that it starts later.
     *
     * @param thread its number in the kernel
     * @throws IOException when it cannot be bound, with the program's own words
     */
    public static void bindThread(long thread, String processors) throws IOException {
        run(List.of(NAME, "-c", "-p", processors, Long.toString(thread)));
    }

    /**
     * Binds all threads of this process, and those that they start later.
     *
     * @throws IOException when they cannot be bound, with the program's own words
     */
    public static void bindThisProcess(String processors) throws IOException {
        run(List.of(
                NAME,
                "-a",
                "-c",
                "-p",
                processors,
                Long.toString(ProcessHandle.current().pid())));
    }

    private static void run(List<String> command) throws IOException {
        if (!isThere()) {
            throw new IOException(wanted());
        }
        ShortProgram.output(command);
    }
}
