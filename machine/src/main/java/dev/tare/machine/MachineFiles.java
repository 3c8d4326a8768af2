package dev.tare.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Files of a machine below a root folder: {@code /} of the machine itself, or the captured /proc and /sys of another. What is
 * absent and what may not be read are the same: not seen. Paths are relative to the root, and no link leads out of it.
 *
 * <p>A captured machine keeps its symbolic links in {@code links.txt}, one {@code path -> target} a line, for archives and
 * version control lose them; and the bytes at a position of a device in a file {@code device@position}, in hexadecimal digits.
 */
public final class MachineFiles {
    /** Where a captured machine keeps its symbolic links. */
    public static final String LINKS = "links.txt";

    /** Enough for the mounts of a host with thousands of containers; /proc/cpuinfo of large machines is cut off. */
    private static final int LONGEST_TEXT_BYTES = 1 << 20;
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;
    /** Six digits at most: Linux has no more than some thousands of processors and nodes. */
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,6}(-\\d{1,6})?(,\\d{1,6}(-\\d{1,6})?)*");

    private final Path root;
    private final NavigableMap<String, String> links;
    private final Consumer<String> looked;

    /** Files below the given folder, be it {@code /} or a captured machine. */
    public MachineFiles(Path root) {
        this(root, path -> {});
    }

    private MachineFiles(Path root, Consumer<String> looked) {
        this.root = root;
        this.looked = looked;
        this.links = isThisMachine() ? new TreeMap<>() : links(root.resolve(LINKS));
    }

    /** Files of this machine. */
    public static MachineFiles ofThisMachine() {
        return new MachineFiles(Path.of("/"));
    }

    /**
     * The same files, which also write down what is looked at.
     *
     * @param looked takes each path; for bytes at a position with that, {@code device@position}
     */
    public MachineFiles recordedBy(Consumer<String> looked) {
        return new MachineFiles(root, looked);
    }

    /** Whether something has this name, be it a link that leads nowhere. */
    public boolean exists(String path) {
        looked.accept(path);
        Optional<String> place = located(path, false);
        return place.isPresent()
                && (links.containsKey(place.get())
                        || isImplied(place.get())
                        || real(place.get())
                                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                                .isPresent());
    }

    /** The beginning of a file, without surrounding white space. */
    public Optional<String> text(String path) {
        looked.accept(path);
        Optional<Path> file = place(path).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(file.get())) {
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
        String captured = path + "@" + Long.toHexString(position);
        looked.accept(captured);
        Optional<byte[]> kept = isThisMachine() ? Optional.empty() : bytes(captured, 0, length);
        return kept.or(() -> bytes(path, position, length));
    }

    private Optional<byte[]> bytes(String path, long position, int length) {
        Optional<Path> file = place(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file.get())) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.position(position).read(bytes);
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Target of a symbolic link as it is written in the link. */
    public Optional<String> linkTarget(String path) {
        looked.accept(path);
        return located(path, false).flatMap(this::link);
    }

    /** Last part of a symbolic link's target, which in /sys is the name of the thing. */
    public Optional<String> linkName(String path) {
        return linkTarget(path).map(target -> target.substring(target.lastIndexOf('/') + 1));
    }

    /** Names in a folder, sorted; empty when there is none. */
    public List<String> names(String folder) {
        looked.accept(folder);
        Set<String> names = new TreeSet<>();
        String place = located(folder, true).orElse("");
        Optional<Path> path = real(place).filter(Files::isDirectory);
        if (path.isPresent()) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path.get())) {
                entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            } catch (IOException | DirectoryIteratorException e) {
                return List.of();
            }
        }
        String within = place + "/";
        links.tailMap(within, true).keySet().stream()
                .takeWhile(link -> link.startsWith(within))
                .map(link -> link.substring(within.length()).split("/", -1)[0])
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** The file or folder that a path leads to when all links are followed, relative to the root; empty when there is none. */
    public Optional<String> resolved(String path) {
        looked.accept(path);
        return located(path, true)
                .filter(place ->
                        isImplied(place) || real(place).filter(Files::exists).isPresent());
    }

    /** The links that are passed on the way to a path, which may be one itself: place to target. */
    public Map<String, String> linksTo(String path) {
        Map<String, String> passed = new LinkedHashMap<>();
        follow(path, true, passed);
        return passed;
    }

    private Optional<Path> place(String path) {
        return isThisMachine() ? real(path) : located(path, true).flatMap(this::real);
    }

    /** Names that were read as UTF-8 need not have letters that this JVM's locale has. */
    private Optional<Path> real(String place) {
        try {
            return Optional.of(root.resolve(place));
        } catch (InvalidPathException foreign) {
            String bytes = new String(place.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return KernelPath.of("/" + bytes)
                    .map(path -> root.resolve(Path.of("/").relativize(path)));
        }
    }

    private boolean isThisMachine() {
        return root.getParent() == null && root.isAbsolute();
    }

    private Optional<String> located(String path, boolean last) {
        return follow(path, last, new LinkedHashMap<>());
    }

    /**
     * Goes along a path as in a root of its own.
     *
     * @param last whether the last part is followed, too
     * @param passed takes the links
     * @return where it leads, existing or not; empty when the links form a circle
     */
    private Optional<String> follow(String path, boolean last, Map<String, String> passed) {
        Deque<String> ahead = new ArrayDeque<>(parts(path));
        Deque<String> behind = new ArrayDeque<>();
        int followed = 0;
        while (!ahead.isEmpty()) {
            String part = ahead.removeFirst();
            if (part.equals("..")) {
                behind.pollLast();
                continue;
            }
            behind.addLast(part);
            String here = String.join("/", behind);
            Optional<String> target = ahead.isEmpty() && !last ? Optional.empty() : link(here);
            if (target.isPresent()) {
                followed++;
                if (followed > MOST_LINKS) {
                    return Optional.empty();
                }
                passed.put(here, target.get());
                behind.removeLast();
                if (target.get().startsWith("/")) {
                    behind.clear();
                }
                List<String> parts = parts(target.get());
                for (int i = parts.size() - 1; i >= 0; i--) {
                    ahead.addFirst(parts.get(i));
                }
            }
        }
        return Optional.of(String.join("/", behind));
    }

    private Optional<String> link(String place) {
        // Leads every process to a place of its own; the name is what stays.
        if (place.equals("proc/self")) {
            return Optional.empty();
        }
        Optional<Path> file = real(place).filter(Files::isSymbolicLink);
        if (file.isEmpty()) {
            return Optional.ofNullable(links.get(place));
        }
        try {
            return Optional.of(Files.readSymbolicLink(file.get()).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a folder of which only links are known. */
    private boolean isImplied(String place) {
        String next = links.ceilingKey(place + "/");
        return next != null && next.startsWith(place + "/");
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1)).stream()
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }

    private static NavigableMap<String, String> links(Path file) {
        if (!Files.isRegularFile(file)) {
            return new TreeMap<>();
        }
        try {
            NavigableMap<String, String> links = new TreeMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int arrow = line.indexOf(" -> ");
                if (arrow > 0) {
                    links.put(
                            line.substring(0, arrow), line.substring(arrow + 4).strip());
                }
            }
            return Collections.unmodifiableNavigableMap(links);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
