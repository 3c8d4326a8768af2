package dev.tare.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hosts that are reached by SSH: each a network namespace with a host name and an OpenSSH server of its own, and a management
 * host in another, which knows their keys. They share this machine's file system.
 *
 * <p>A test that uses it carries {@link RequiresRoot} and {@link RequiresProgram} for {@code ip} (iproute2), {@code sshd}
 * (openssh-server) and {@code ssh} (openssh-client).
 */
public final class SshHosts implements AutoCloseable {
    private final Path folder;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();

    private SshHosts(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts hosts.
     *
     * @param folder where keys and configurations are kept
     * @param names what hosts are called, by themselves and in {@link #config}; at most 250
     */
    public static SshHosts start(Path folder, List<String> names) throws IOException, InterruptedException {
        SshHosts hosts = new SshHosts(folder);
        try {
            hosts.connect(names);
            return hosts;
        } catch (IOException | InterruptedException | RuntimeException e) {
            hosts.close();
            throw e;
        }
    }

    private void connect(List<String> names) throws IOException, InterruptedException {
        NetworkNamespace management = namespace();
        // Hosts reach each other by way of it.
        management.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        key("client");
        StringBuilder config = new StringBuilder();
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            NetworkNamespace host = namespace();
            management.connect(managementAddress(i) + "/24", host, address(i) + "/24");
            host.run("ip", "route", "add", "default", "via", managementAddress(i));
            startServer(host, name, address(i));
            known.append(name).append(' ').append(Files.readString(folder.resolve(name + ".pub")));
            config.append("Host %s\n  HostName %s\n  HostKeyAlias %s\n".formatted(name, address(i), name));
        }
        config.append("Host *\n  User root\n  IdentityFile %s\n  IdentitiesOnly yes\n  BatchMode yes\n"
                .formatted(folder.resolve("client")));
        config.append("  StrictHostKeyChecking yes\n  UserKnownHostsFile %s\n".formatted(folder.resolve("known")));
        Files.writeString(config(), config);
        Files.writeString(folder.resolve("known"), known);
    }

    private NetworkNamespace namespace() throws IOException, InterruptedException {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    private void key(String name) throws IOException, InterruptedException {
        String file = folder.resolve(name).toString();
        management().run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file);
    }

    private void startServer(NetworkNamespace host, String name, String address)
            throws IOException, InterruptedException {
        key(name);
        // The server insists on it, and Debian makes it when the service starts.
        Files.createDirectories(Path.of("/run/sshd"));
        Path config = Files.writeString(folder.resolve(name + ".config"), """
                ListenAddress %s:22
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                UsePAM no
                Subsystem sftp internal-sftp
                """.formatted(
                        address, folder.resolve(name), folder.resolve("client.pub")));
        RunningProgram server = host.start(List.of(
                "unshare",
                "--uts",
                "sh",
                "-c",
                "hostname \"$0\" && exec \"$@\"",
                name,
                Programs.require("sshd").toString(),
                "-D",
                "-e",
                "-f",
                config.toString()));
        server.awaitLine(Pattern.compile("Server listening on " + Pattern.quote(address)));
    }

    /** Where commands reach the hosts by {@code ssh -F}. */
    public NetworkNamespace management() {
        return namespaces.get(0);
    }

    /** The configuration for {@code ssh -F}, in which hosts have their names. */
    public Path config() {
        return folder.resolve("config");
    }

    /** A host's address; hosts are counted from 0. */
    public static String address(int host) {
        return "10.77." + (host + 1) + ".2";
    }

    /** The management host's address in the network of a host, counted from 0. */
    public static String managementAddress(int host) {
        return "10.77." + (host + 1) + ".1";
    }

    @Override
    public void close() throws IOException {
        for (NetworkNamespace namespace : namespaces) {
            namespace.close();
        }
    }
}
