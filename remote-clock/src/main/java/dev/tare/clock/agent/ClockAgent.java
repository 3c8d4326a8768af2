package dev.tare.clock.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The Java agent. {@code -javaagent:JAR=server=HOST:PORT,...} opens the clock before the program's {@code main} and
 * swaps it into JMH's generated classes; without arguments, and as {@code Launcher-Agent-Class} of a jar that runs with
 * {@code java -jar}, it only makes that possible later, for benchmarks that run without forks.
 */
public final class ClockAgent {
    private static final Attributes.Name PREMAIN = new Attributes.Name("Premain-Class");
    private static final String AGENT = ClockAgent.class.getName();

    private static volatile @Nullable Instrumentation instrumentation;
    private static volatile @Nullable Swap swap;

    private ClockAgent() {}

    /** Called by the JVM for {@code -javaagent}. */
    public static void premain(@Nullable String arguments, Instrumentation offered) {
        instrumentation = offered;
        if (arguments != null && !arguments.isEmpty()) {
            ClockSettings settings = ClockSettings.parse(arguments);
            if (MeasuringClock.open(settings) && settings.swap()) {
                swap();
            }
        }
    }

    /** Called by the JVM for {@code Launcher-Agent-Class}. */
    public static void agentmain(@Nullable String arguments, Instrumentation offered) {
        premain(arguments, offered);
    }

    /**
     * Swaps the clock in all generated classes that are loaded from now on.
     *
     * @return false when this JVM was started without the agent
     */
    public static synchronized boolean swap() {
        Instrumentation offered = instrumentation;
        if (offered == null) {
            return false;
        }
        if (swap == null) {
            Swap transformer = new Swap();
            offered.addTransformer(transformer);
            swap = transformer;
        }
        return true;
    }

    /** Whether a generated class was loaded with its clock swapped. */
    public static boolean hasSwapped(String className) {
        Swap transformer = swap;
        return transformer != null && transformer.hasSwapped(className);
    }

    /**
     * The jar that a fork names as its agent: the one that holds this class when its manifest says so; else, for class
     * folders and for jars that somebody shaded without our manifest, a temporary jar with nothing but the manifest. The
     * JVM looks for the agent's class on the class path, which a fork shares with its host.
     *
     * @throws IOException when a temporary jar is needed and cannot be written
     */
    public static Path jar() throws IOException {
        Optional<Path> own = ownJar();
        return own.isPresent() ? own.get() : manifestOnly();
    }

    private static Optional<Path> ownJar() throws IOException {
        CodeSource source = ClockAgent.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        Path path;
        try {
            path = Path.of(location.toURI());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        // The JVM takes everything after the first equals sign for arguments.
        return Files.isRegularFile(path) && path.toString().indexOf('=') < 0 && namesAgent(path)
                ? Optional.of(path)
                : Optional.empty();
    }

    private static boolean namesAgent(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest != null && AGENT.equals(manifest.getMainAttributes().getValue(PREMAIN));
        }
    }

    private static Path manifestOnly() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(PREMAIN, AGENT);
        Path jar = Files.createTempFile("remote-clock-agent", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.finish();
        }
        return jar;
    }

    /** Lets the classes that JMH generates, and no others, read {@link MeasuringClock.Swapped}. */
    static final class Swap implements ClassFileTransformer {
        private static final String GENERATED = "_jmhTest";
        private static final String TARGET =
                MeasuringClock.Swapped.class.getName().replace('.', '/');

        private final Set<String> swapped = ConcurrentHashMap.newKeySet();

        /** Whether a class of this binary name was loaded with its clock swapped. */
        boolean hasSwapped(String className) {
            return swapped.contains(className);
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (name == null || !name.endsWith(GENERATED)) {
                return null;
            }
            byte[] patched = NanoTimePatch.apply(classFile, TARGET).orElse(null);
            if (patched != null) {
                swapped.add(name.replace('/', '.'));
            }
            return patched;
        }
    }
}
