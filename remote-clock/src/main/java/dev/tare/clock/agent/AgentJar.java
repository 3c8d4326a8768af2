package dev.tare.clock.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The jar that a fork names as its agent: the one that holds {@link ClockAgent} when its manifest says so; else, for
 * class folders and for jars that somebody shaded without our manifest, a temporary jar with nothing but the manifest.
 * The JVM looks for the agent's class on the class path, which a fork shares with its host.
 */
public final class AgentJar {
    private static final Attributes.Name PREMAIN = new Attributes.Name("Premain-Class");
    private static final String AGENT = ClockAgent.class.getName();

    private AgentJar() {}

    /**
     * The agent's jar.
     *
     * @throws IOException when a temporary jar is needed and cannot be written
     */
    public static Path locate() throws IOException {
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
}
