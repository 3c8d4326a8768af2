package dev.tare.parts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A network of its own inside this machine, as a guest has one: own interfaces, addresses, ports and packet filters.
 *
 * <p>It starts with nothing but its loopback; {@link #connect} joins two namespaces by a virtual cable, {@link #run} and
 * {@link #start} run programs inside, {@code tc} and {@code nft} among them. Closing it ends the programs inside and
 * removes the namespace with its interfaces and their other ends. A test that uses it carries {@link RequiresRoot} and
 * {@code @RequiresProgram(value = "ip", debianPackage = "iproute2")}.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name;
    private final List<RunningProgram> started = new CopyOnWriteArrayList<>();

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes a namespace whose loopback is up. Its name holds this process's number, so that runs cannot collide. */
    public static NetworkNamespace create() throws IOException, InterruptedException {
        NetworkNamespace namespace =
                new NetworkNamespace("tare-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        CompletedProgram.output("ip", "netns", "add", namespace.name);
        try {
            namespace.run("ip", "link", "set", "lo", "up");
        } catch (IOException | InterruptedException e) {
            namespace.close();
            throw e;
        }
        return namespace;
    }

    /**
     * Joins two namespaces by a pair of virtual Ethernet interfaces.
     *
     * @param here address and prefix length of the end in this namespace, such as {@code 10.0.0.1/24} or {@code fd00::1/64}
     * @param there address and prefix length of the end in {@code other}
     * @return name of the interface, the same at both ends
     */
    public String connect(String here, NetworkNamespace other, String there) throws IOException, InterruptedException {
        String cable = "veth" + NEXT.incrementAndGet();
        CompletedProgram.output(
                "ip", "link", "add", cable, "netns", name, "type", "veth", "peer", "name", cable, "netns", other.name);
        addAddress(cable, here);
        other.addAddress(cable, there);
        run("ip", "link", "set", cable, "up");
        other.run("ip", "link", "set", cable, "up");
        return cable;
    }

    /** Gives an interface a further address, without IPv6's wait for duplicates. */
    public void addAddress(String cable, String address) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "address", "add", address, "dev", cable));
        if (address.contains(":")) {
            command.add("nodad");
        }
        run(command.toArray(String[]::new));
    }

    /** A command line that runs {@code command} inside. */
    public List<String> command(List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream())
                .toList();
    }

    /**
     * Runs a program inside to its end.
     *
     * @return what it printed
     * @throws IOException when its exit code is not 0
     */
    public String run(String... command) throws IOException, InterruptedException {
        return CompletedProgram.output(command(List.of(command)).toArray(String[]::new));
    }

    /** Starts a program inside; it ends with the namespace at the latest. */
    public RunningProgram start(List<String> command) throws IOException {
        RunningProgram program = RunningProgram.start(command(command));
        started.add(program);
        return program;
    }

    /** The name by which {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        // A program that was just started may not have entered yet: the list of those inside does not show it.
        started.forEach(RunningProgram::close);
        try {
            for (String pid :
                    CompletedProgram.output("ip", "netns", "pids", name).lines().toList()) {
                ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
            }
            CompletedProgram.output("ip", "netns", "delete", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while removing " + name + "; remove it with: ip netns delete " + name);
        }
    }
}
