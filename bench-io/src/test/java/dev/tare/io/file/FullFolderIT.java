package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.Sweep;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
final class FullFolderIT {
    @TempDir
    Path folder;

    private Path memory;

    @BeforeEach
    void mount() throws Exception {
        memory = Files.createDirectory(folder.resolve("memory"));
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tare-test", memory.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", memory.toString());
    }

    @Test
    void aFileSystemInMemoryIsTold() throws Exception {
        FileTarget target = FileTarget.open(request(4 << 20));
        try (var device = target.device()) {
            assertThat(device.facts()).containsEntry("file-system", "tmpfs").containsEntry("device-path", "unknown");
            assertThat(target.factsAtEnd(1))
                    .hasEntrySatisfying(
                            "may-have-been-cached",
                            suspicion -> assertThat(suspicion).startsWith("yes: tmpfs keeps its files in memory"));
        }
    }

    @Test
    void moreThanIsFreeIsRefused() {
        assertThatThrownBy(() -> FileTarget.open(request(9 << 20)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("space in " + memory);
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void aDiskThatFillsUpWhilePreparingFailsAndKeepsNoPartialFile() throws Exception {
        Region region = new Region(0, 6 << 20);
        try (var device = FileTarget.open(request(region.sizeBytes())).device()) {
            Files.write(memory.resolve("others"), new byte[5 << 20]);

            assertThatThrownBy(() -> new Sweep(device, region, new BlockContent(1, region), 4096).write())
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("write of 1048576 bytes");
        }

        assertThat(memory.toFile().list()).containsExactly("others");
    }

    @Test
    void aReadOnlyFolderIsRefused() throws Exception {
        run("mount", "-o", "remount,ro", memory.toString());

        assertThatThrownBy(() -> FileTarget.open(request(1 << 20)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("a file in " + memory + ": expected to make one")
                .hasMessageContaining("Read-only file system");
    }

    private FileRequest request(long sizeBytes) {
        return new FileRequest(memory.toString(), OpenMode.DIRECT, Leave.NONE, "none", "auto", sizeBytes, 1, true);
    }

    private static void run(String... command) throws Exception {
        try (RunningProgram running = RunningProgram.start(new ArrayList<>(List.of(command)))) {
            assertThat(running.awaitExit(Duration.ofSeconds(60)))
                    .as(running.output())
                    .isZero();
        }
    }
}
