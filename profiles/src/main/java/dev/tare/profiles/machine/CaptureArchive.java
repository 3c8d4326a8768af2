package dev.tare.profiles.machine;

import dev.tare.harness.Reasons;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.inventory.MachineCapture;
import dev.tare.profiles.cli.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A machine's captured files as an archive that can be given away. */
public final class CaptureArchive {
    private CaptureArchive() {}

    /**
     * Captures this machine. Times and owners are left out, so that the same machine gives the same bytes.
     *
     * @param file the archive, which must not exist
     * @return how many files it holds
     * @throws CommandException when this is no Linux, or the file cannot be written
     */
    public static int ofThisMachine(Path file) {
        MachineFiles machine = MachineFiles.ofThisMachine();
        if (!machine.exists("proc/self")) {
            throw CommandException.unavailable(
                    "--capture: expected Linux with its /proc, got " + System.getProperty("os.name")
                            + ", where detection looks at no files; attach the output of inspect --json instead");
        }
        Map<String, byte[]> captured = MachineCapture.of(machine);
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), StandardCharsets.UTF_8.name())) {
            archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> entry : captured.entrySet()) {
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                header.setSize(entry.getValue().length);
                header.setModTime(0);
                header.setIds(0, 0);
                archive.putArchiveEntry(header);
                archive.write(entry.getValue());
                archive.closeArchiveEntry();
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandException.unavailable(
                    "--capture: expected the name of a new file, got " + file
                            + ", which exists; remove it or name another",
                    e);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "--capture: expected a folder in which " + file + " can be written, got " + Reasons.of(e)
                            + "; name another",
                    e);
        }
        return captured.size();
    }
}
