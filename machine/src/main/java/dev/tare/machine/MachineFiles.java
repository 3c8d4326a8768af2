package dev.tare.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Files of a machine below a root folder: {@code /} of the machine itself, or the captured /proc and /sys of another. What is
 * absent and what may not be read are the same: not seen. Paths are relative to the root.
 */
public final class MachineFiles {
    /** Enough for the mounts of a host with thousands of containers; /proc/cpuinfo of large machines is cut off. */
    private static final int LONGEST_TEXT_BYTES = 1 << 20;

    /** Six digits at most: Linux has no more than some thousands of processors and nodes. */
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,6}(-\\d{1,6})?(,\\d{1,6}(-\\d{1,6})?)*");

    private final Path root;

    /** Files below the given folder. */
    public MachineFiles(Path root) {
        this.root = root;
    }

    /** Files of this machine. */
    public static MachineFiles ofThisMachine() {
        return new MachineFiles(Path.of("/"));
    }

    /** Whether something has this name, be it a link that leads nowhere. */
    public boolean exists(String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The beginning of a file, without surrounding white space. */
    public Optional<String> text(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(file)) {
            return Optional.of(new String(input.readNBytes(LONGEST_TEXT_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file's text that says something: present and not empty. */
    public Optional<String> words(String path) {
        return text(path).filter(text -> !text.isEmpty());
    }

    /** The numbers of a file that holds a list of processors or nodes; empty when it cannot be read as one. */
    public Optional<NavigableSet<Integer>> numbers(String path) {
        return words(path).flatMap(MachineFiles::numbersOf);
    }

    /** The numbers that the kernel's form {@code 0-3,8} stands for; empty when the text has another form. */
    public static Optional<NavigableSet<Integer>> numbersOf(String list) {
        if (!NUMBERS.matcher(list).matches()) {
            return Optional.empty();
        }
        NavigableSet<Integer> numbers = new TreeSet<>();
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            IntStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return Optional.of(numbers);
    }

    /** Bytes at a position of a file or character device. */
    public Optional<byte[]> bytesAt(String path, long position, int length) {
        try (SeekableByteChannel channel = Files.newByteChannel(root.resolve(path))) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.position(position).read(bytes);
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Target of a symbolic link as it is written in the link. */
    public Optional<String> linkTarget(String path) {
        Path link = root.resolve(path);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Last part of a symbolic link's target, which in /sys is the name of the thing. */
    public Optional<String> linkName(String path) {
        return linkTarget(path).map(target -> target.substring(target.lastIndexOf('/') + 1));
    }

    /** Names in a folder, sorted; empty when there is none. */
    public List<String> names(String folder) {
        Path path = root.resolve(folder);
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            } catch (IOException | DirectoryIteratorException e) {
                return List.of();
            }
        }
        Collections.sort(names);
        return names;
    }

    /** The folder that a path leads to when all links are followed, relative to the root; empty when it leads away. */
    public Optional<String> resolved(String path) {
        try {
            Path realRoot = root.toRealPath();
            Path real = root.resolve(path).toRealPath();
            return real.startsWith(realRoot)
                    ? Optional.of(realRoot.relativize(real).toString())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
