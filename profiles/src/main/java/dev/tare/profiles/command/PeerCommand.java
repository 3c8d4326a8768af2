package dev.tare.profiles.command;

import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import dev.tare.harness.Taskset;
import dev.tare.net.control.Token;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import dev.tare.net.socket.VsockAddress;
import dev.tare.net.socket.VsockChannel;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "peer",
        description = "The passive other end of the network benchmarks, on another host or in another guest.",
        footer = {"", "Beyond loopback it wants a token: an open sink and source is a weapon. Stop it with Ctrl-C."})
final class PeerCommand implements Callable<Integer> {
    @Mixin
    private final ServiceAddress address = new ServiceAddress(PeerOptions.STANDARD_PORT);

    @Option(
            names = "--vsock",
            paramLabel = "[CID:]PORT",
            description = {
                "Listen on VSOCK, which guests and their host reach without a network, instead of TCP: a port of this machine alone,"
                        + " or with any:PORT for all who reach it (-p peer=vsock:CID:PORT). Needs JDK 22."
            })
    private @Nullable String vsock;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the secret that clients must have, too (-p tokenFile=FILE).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            description = "Processors on which the peer runs, such as 0-3,8, by taskset. Default: any.")
    private @Nullable String cpus;

    @Option(
            names = "--idle-connections",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Connections that clients may keep open without using them (-p idleConnections=N), all together;"
                            + " 0 unless given, at most 50000.")
    private int idleConnections;

    private final PrintStream console;

    PeerCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        String bound = cpus == null ? "" : ", on processors " + bind(cpus);
        EndOfService end = EndOfService.listen();
        try (Peer peer = Peer.start(options())) {
            console.println("peer on " + where(peer) + bound);
            end.awaitRequest();
            Peer.Statistics statistics = peer.statistics();
            console.println("clients served " + statistics.served() + ", refused " + statistics.refused()
                    + ", connections dropped " + statistics.dropped());
        } catch (IOException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        } finally {
            end.reached();
        }
        return ExitCode.OK.code();
    }

    private String where(Peer peer) throws IOException {
        return vsock == null
                ? HostPort.text(peer.address().getAddress()) + " port "
                        + peer.address().getPort()
                : vsockAddress(vsock).toString();
    }

    private static VsockAddress vsockAddress(String vsock) {
        try {
            VsockChannel.requireObtainable();
            return VsockAddress.parseListener("--vsock", vsock);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(Reasons.of(e));
        }
    }

    /** All threads that there are already; those to come are started by one of them. */
    private static String bind(String processors) {
        Taskset.refusal(processors).ifPresent(why -> {
            throw CommandException.usage("--cpus: " + why);
        });
        try {
            Taskset.bindThisProcess(processors);
        } catch (IOException e) {
            throw CommandException.unavailable("--cpus: " + Reasons.of(e), e);
        }
        return processors;
    }

    private PeerOptions options() throws IOException {
        Token token = tokenFile == null ? Token.none() : Token.read(tokenFile);
        SocketAddress chosen = vsock == null ? address.get() : vsockAddress(vsock);
        try {
            return new PeerOptions(
                    chosen,
                    token,
                    PeerOptions.Limits.standard().withIdleConnections(idleConnections),
                    console::println);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(Reasons.of(e));
        }
    }
}
