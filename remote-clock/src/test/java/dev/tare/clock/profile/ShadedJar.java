package dev.tare.clock.profile;

import dev.tare.clock.agent.ClockAgent;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** One jar with everything on the class path of the tests, as another team's build would shade it. */
final class ShadedJar {
    /** What JMH's processor lists and what services name must come from all jars, one after the other. */
    private static final List<String> APPENDED =
            List.of("META-INF/BenchmarkList", "META-INF/CompilerHints", "META-INF/services/");

    private final Set<String> written = new HashSet<>();
    private final Map<String, ByteArrayOutputStream> appended = new TreeMap<>();
    private final JarOutputStream out;

    private ShadedJar(JarOutputStream out) {
        this.out = out;
    }

    /**
     * Writes the jar.
     *
     * @param withAgent whether its manifest names the agent
     */
    static Path write(Path jar, boolean withAgent) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "org.openjdk.jmh.Main");
        if (withAgent) {
            main.put(new Attributes.Name("Premain-Class"), ClockAgent.class.getName());
            main.put(new Attributes.Name("Launcher-Agent-Class"), ClockAgent.class.getName());
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.setLevel(0);
            ShadedJar shaded = new ShadedJar(out);
            for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path path = Path.of(part);
                if (Files.isDirectory(path)) {
                    shaded.addFolder(path);
                } else if (isNeeded(path)) {
                    shaded.addJar(path);
                }
            }
            shaded.addAppended();
        }
        return jar;
    }

    private static boolean isNeeded(Path path) {
        String name = String.valueOf(path.getFileName());
        return Files.isRegularFile(path)
                && Stream.of(
                                "remote-clock",
                                "harness",
                                "machine",
                                "jmh-core",
                                "jopt-simple",
                                "commons-math3",
                                "oshi",
                                "jspecify",
                                "slf4j")
                        .anyMatch(name::startsWith);
    }

    private void addFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try (InputStream content = Files.newInputStream(file)) {
                add(folder.relativize(file).toString(), content);
            }
        }
    }

    private void addJar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        add(entry.getName(), content);
                    }
                }
            }
        }
    }

    private void add(String name, InputStream content) throws IOException {
        if (APPENDED.stream().anyMatch(name::startsWith)) {
            content.transferTo(appended.computeIfAbsent(name, unused -> new ByteArrayOutputStream()));
        } else if (written.add(name)) {
            out.putNextEntry(new JarEntry(name));
            content.transferTo(out);
            out.closeEntry();
        }
    }

    private void addAppended() throws IOException {
        for (Map.Entry<String, ByteArrayOutputStream> entry : appended.entrySet()) {
            out.putNextEntry(new JarEntry(entry.getKey()));
            entry.getValue().writeTo(out);
            out.closeEntry();
        }
    }
}
