package dev.tare.profiles.command;

import dev.tare.harness.HostPort;
import dev.tare.harness.Parameters;
import dev.tare.harness.Reasons;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.file.FileTarget;
import dev.tare.iscsi.login.Credentials;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "target",
        description = "A small iSCSI target with one disk, for tests and demonstrations.",
        footer = {"", "Beyond loopback it wants CHAP. An image that --file makes stays; stop the target with Ctrl-C."})
final class TargetCommand implements Callable<Integer> {
    @Mixin
    private final ServiceAddress address = new ServiceAddress(TargetOptions.DEFAULT_PORT);

    @Option(
            names = "--file",
            paramLabel = "IMAGE",
            description =
                    "Disk image or unused device, which initiators may write; an image that does not exist is made in"
                            + " the size of --size, fully allocated.")
    private @Nullable Path image;

    @Option(
            names = "--overwrite",
            description =
                    "Serve a device that carries something, too, which initiators may destroy; one in use never is.")
    private boolean overwrite;

    @Option(
            names = {"--memory", "--size"},
            paramLabel = "SIZE",
            description =
                    "Size of a disk in memory, or of a new image, such as 512m or 4g (default: ${DEFAULT-VALUE}).")
    private String size = "1g";

    @Option(names = "--iqn", paramLabel = "NAME", description = "Name of the target (default: ${DEFAULT-VALUE}).")
    private String name = TargetOptions.NAME;

    @Option(
            names = "--chap-file",
            paramLabel = "FILE",
            description = "File with the line \"initiator NAME SECRET\" and, for mutual CHAP, \"target NAME SECRET\".")
    private @Nullable Path chapFile;

    private final PrintStream console;

    TargetCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        EndOfService end = EndOfService.listen();
        try (TargetServer target = start()) {
            console.println(
                    "target " + name + " on " + HostPort.text(target.address().getAddress()) + " port "
                            + target.address().getPort() + ", LUN 0 of " + target.sizeBytes() + " bytes");
            end.awaitRequest();
        } catch (FileSystemException e) {
            throw CommandException.unavailable(
                    "target: expected an image and a CHAP file that can be opened, got " + Reasons.of(e)
                            + "; check --file and --chap-file",
                    e);
        } catch (OutOfMemoryError e) {
            throw CommandException.unavailable(
                    "--memory: expected a disk that this JVM may hold, got " + size + " (" + Reasons.of(e)
                            + "); choose a smaller one, serve a file with --file, or start java with"
                            + " -XX:MaxDirectMemorySize and a size somewhat above",
                    e);
        } catch (IOException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(Reasons.of(e));
        } finally {
            end.reached();
        }
        return ExitCode.OK.code();
    }

    private TargetServer start() throws IOException {
        TargetOptions options =
                TargetOptions.of(name, chapFile == null ? null : Credentials.read(chapFile), address.get());
        if (image == null) {
            return TargetServer.ofMemory(sizeBytes(), options, console::println);
        }
        if (!Files.exists(image)) {
            return TargetServer.ofNewFile(image, sizeBytes(), options, console::println);
        }
        FileTarget.requireUnused(image, overwrite ? Leave.TO_DESTROY_MARKS : Leave.TO_OVERWRITE, "--overwrite");
        return TargetServer.ofFile(image, options, console::println);
    }

    private long sizeBytes() {
        return Parameters.bytes("--size", size);
    }
}
