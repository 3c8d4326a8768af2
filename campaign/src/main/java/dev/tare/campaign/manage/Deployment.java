package dev.tare.campaign.manage;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.harness.CommandWords;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Copies the jar through the channels to hosts that have another one, or none. */
final class Deployment {
    private final ChannelCommand command;
    private final Path jar;
    private final PrintStream out;

    Deployment(ChannelCommand command, Path jar, PrintStream out) {
        this.command = command;
        this.jar = jar;
        this.out = out;
    }

    void bring(HostEntry host) throws UnavailableHostsException {
        String there = command.jar(host);
        String quoted = CommandWords.quoted(there);
        try {
            if (run(host, "sha256sum < " + quoted + " 2>/dev/null || true", false)
                    .startsWith(digest())) {
                return;
            }
            out.println(host.name() + ": copying " + jar + " to " + there);
            // A copy that is cut short replaces nothing.
            run(host, "cat > " + quoted + ".part && mv " + quoted + ".part " + quoted, true);
        } catch (IOException e) {
            throw new UnavailableHostsException(
                    host.name() + ": cannot copy " + jar + " to " + there + ": " + Reasons.of(e)
                            + "; name a path that can be written as jar in the list of hosts",
                    e);
        }
    }

    private String run(HostEntry host, String line, boolean withJar) throws IOException {
        Process process = new ProcessBuilder(command.shell(host, line))
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            if (withJar) {
                Files.copy(jar, in);
            }
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("exit code " + exit + ", " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output;
    }

    private String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
