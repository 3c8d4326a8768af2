package dev.tare.runs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must be the same for forks of one run: a resumed run must not mix programs, JVMs or machines.
 *
 * @param program SHA-256 of everything on the class path
 * @param jvm vendor, version and home of the JVM
 * @param machine host name, operating system and processor
 */
public record Fingerprint(String program, String jvm, String machine) {

    /** The fingerprint of this JVM on the given machine. */
    public static Fingerprint here(String machine) {
        String jvm = Stream.of("java.vm.vendor", "java.vm.version", "java.home")
                .map(property -> System.getProperty(property, "unknown"))
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
        return new Fingerprint(digest(System.getProperty("java.class.path", "")), jvm, machine);
    }

    /** What differs, one sentence each; empty when nothing does. */
    public List<String> differences(Fingerprint now) {
        return Stream.of(
                        difference("benchmarks.jar (SHA-256)", program, now.program),
                        difference("JVM", jvm, now.jvm),
                        difference("machine", machine, now.machine))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String difference(String what, String then, String now) {
        return Objects.equals(then, now) ? "" : what + ": the run has " + then + ", here is " + now;
    }

    private static String digest(String classPath) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> entries = Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(classPath)
                    .toList();
            for (String entry : entries) {
                try (Stream<Path> files = Files.walk(Path.of(entry))) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                            in.transferTo(OutputStream.nullOutputStream());
                        }
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path " + classPath, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
