package dev.tare.io.linux;

import dev.tare.harness.ShortProgram;
import dev.tare.harness.ShortProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the programs of util-linux tell of a disk; they change nothing. Without them there is no answer. */
public final class DiskProgram {
    /** The program that answers with what libblkid finds. */
    public static final Optional<Path> BLKID = find("blkid");

    private static final int FOUND = 0;
    private static final int NOTHING = 2;
    private static final int SEVERAL = 8;
    /** A disk that does not answer may hold its program in the kernel. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private DiskProgram() {}

    /**
     * What libblkid says.
     *
     * @param found in words, or empty when it knows no mark on the disk
     */
    public record Answer(Optional<String> found) {}

    /** What libblkid finds when it looks itself, past its cache; empty when it cannot be asked. */
    public static Optional<Answer> blkid(Path disk) throws IOException {
        if (BLKID.isEmpty()) {
            return Optional.empty();
        }
        Ended ended = run(BLKID.get(), List.of("-p", "-o", "export"), disk);
        return switch (ended.exitCode()) {
            case FOUND -> Optional.of(new Answer(Optional.of(words(ended.output()))));
            case SEVERAL -> Optional.of(new Answer(Optional.of("several things at once (libblkid)")));
            // It also says so when it could not look, but then with an error.
            case NOTHING -> ended.errors().isBlank() ? Optional.of(new Answer(Optional.empty())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String words(String export) {
        List<String> kinds = new ArrayList<>();
        for (String key : List.of("TYPE", "PTTYPE", "USAGE")) {
            export.lines()
                    .filter(line -> line.startsWith(key + "="))
                    .map(line -> line.substring(key.length() + 1))
                    .map(kind -> key.equals("PTTYPE") ? "partition table " + kind : kind)
                    .forEach(kinds::add);
        }
        return (kinds.isEmpty() ? "something" : String.join(", ", kinds)) + " (libblkid)";
    }

    /**
     * Whether anything on this machine holds a block device exclusively; empty when that cannot be asked. For JVMs that
     * cannot open it so themselves.
     */
    static Optional<Boolean> isHeld(Path device) throws IOException {
        Optional<Path> wipefs = find("wipefs");
        if (wipefs.isEmpty()) {
            return Optional.empty();
        }
        // Told not to act it only opens the device as if it would, for itself alone, and says why it cannot.
        Ended ended = run(wipefs.get(), List.of("--no-act", "--all"), device);
        boolean busy = ended.exitCode() != 0 && ended.errors().contains("busy");
        return ended.exitCode() == 0 || busy ? Optional.of(busy) : Optional.empty();
    }

    private static Optional<Path> find(String name) {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        // Users' paths lack the folders of the administrator's programs.
        return Stream.concat(path, Stream.of("/usr/sbin", "/sbin"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Ended run(Path program, List<String> options, Path disk) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        command.add(disk.toAbsolutePath().toString());
        return ShortProgram.run(command, LIMIT);
    }
}
