package dev.tare.machine;

import dev.tare.machine.virtualization.Virtualization;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** The /proc and /sys of a machine: captured on a real one, or written file by file. */
public final class CapturedTree {
    private final Path root;

    private CapturedTree(Path root) {
        this.root = root;
    }

    public static CapturedTree empty(Path root) {
        return new CapturedTree(root);
    }

    /** Copies a captured machine. */
    public static CapturedTree of(String machine, Path root) throws IOException, URISyntaxException {
        CapturedTree tree = new CapturedTree(root);
        Path source = Path.of(Objects.requireNonNull(CapturedTree.class.getResource("virtualization/" + machine))
                .toURI());
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(Files::isRegularFile).forEach(file -> tree.copy(source, file));
        }
        return tree;
    }

    public CapturedTree file(String path, String text) throws IOException {
        return bytes(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public CapturedTree bytes(String path, byte[] bytes) throws IOException {
        Files.createDirectories(Objects.requireNonNull(root.resolve(path).getParent()));
        Files.write(root.resolve(path), bytes);
        return this;
    }

    public CapturedTree link(String path, String target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(root.resolve(path).getParent()));
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
        return this;
    }

    public CapturedTree without(String path) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(path))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return this;
    }

    public Virtualization detect() {
        return new VirtualizationDetector(root).detect();
    }

    /** The files of the tree. */
    public MachineFiles files() {
        return new MachineFiles(root);
    }

    private void copy(Path source, Path file) {
        try {
            bytes(source.relativize(file).toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
