package dev.tare.parts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block device whose disk is a file. Closing it gives the device back. A test that uses it carries {@link RequiresRoot}
 * and {@code @RequiresProgram(value = "losetup", debianPackage = "mount")}.
 */
public final class LoopDevice implements AutoCloseable {
    private final String path;

    private LoopDevice(String path) {
        this.path = path;
    }

    /**
     * Attaches an image, whose partitions become devices too.
     *
     * @param options further options of {@code losetup}, such as {@code --read-only}
     */
    public static LoopDevice of(Path image, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("losetup", "--find", "--show", "--partscan"));
        command.addAll(List.of(options));
        command.add(image.toString());
        return new LoopDevice(
                CompletedProgram.output(command.toArray(String[]::new)).strip());
    }

    /** Such as {@code /dev/loop0}. */
    public String path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            CompletedProgram.output("losetup", "--detach", path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while detaching " + path + "; losetup --detach does it");
        }
    }
}
