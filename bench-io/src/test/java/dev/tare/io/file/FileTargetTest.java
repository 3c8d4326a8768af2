package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.blockstack.BlockStack;
import dev.tare.io.blockstack.DeviceTree;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.Sweep;
import dev.tare.io.workload.ThreadPart;
import dev.tare.io.workload.Workload;
import dev.tare.parts.RunningProgram;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileTargetTest {
    private static final Region REGION = new Region(0, 3 << 20);

    @TempDir
    Path folder;

    /** The kernel lets nobody write to a program that runs. */
    @Test
    void aFileThatTheSystemRefusesToOpenIsNamedWithItsReason() throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("program"));
        try (RunningProgram running = RunningProgram.start(List.of(program.toString(), "60"))) {
            assertThat(running.process().isAlive()).isTrue();

            assertThatThrownBy(() -> FileTarget.open(request(program, false, true, true)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(program
                            + ": expected to be opened for reading and writing, got Text file busy; name"
                            + " another target");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1, 4096, 0, 100",
        "false, 1, 4096, 0, 100",
        "true, 1, 262144, 0, 0",
        "true, 16, 4096, 50, 100",
        "false, 16, 4096, 50, 100",
        "true, 32, 65536, 67, 50",
        "true, 256, 4096, 50, 100",
        "true, 3, 1048576, 0, 100"
    })
    void everyByteIsVerifiedAfterManyWrites(
            boolean direct, int depth, int blockBytes, int readPercent, int randomPercent) throws Exception {
        AccessParameters parameters = parameters(blockBytes, depth);
        AccessSpec spec = parameters.spec(readPercent, randomPercent);
        FileTarget target = FileTarget.open(request(folder, direct, false, true));
        try (var device = target.device()) {
            // Closing it checks every byte.
            try (Workload workload = Workload.open(device, parameters, spec, true, ThreadPart.WHOLE)) {
                workload.beginIteration(true);
                for (int i = 0; i < 3000; i++) {
                    assertThat(workload.step(true)).isEqualTo(blockBytes);
                }
                assertThat(workload.recorded()).isEqualTo(3000);
            }
        }

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"MMAP, 1", "MMAP, 8", "THREADS, 8"})
    void everyEngineWritesWhatItReads(OpenMode.Engine engine, int depth) throws Exception {
        AccessParameters parameters = parameters(4096, depth);
        FileRequest request = new FileRequest(
                folder.toString(),
                new OpenMode(true, false, engine),
                Leave.NONE,
                "none",
                "auto",
                REGION.sizeBytes(),
                depth,
                true);
        // Closing it checks every byte.
        try (FileTarget target = FileTarget.open(request);
                Workload workload =
                        Workload.open(target.device(), parameters, parameters.spec(50, 100), true, ThreadPart.WHOLE)) {
            assertThat(target.device().facts())
                    .hasEntrySatisfying(
                            "direct",
                            direct -> assertThat(direct)
                                    .matches(
                                            engine == OpenMode.Engine.MMAP
                                                    ? "no, a mapped file is the page cache"
                                                    : "yes|no, .*"));
            for (int i = 0; i < 2000; i++) {
                workload.step(true);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFactsOfAFolderAreTheSameInEveryFork() throws Exception {
        Map<String, String> first;
        try (var device = FileTarget.open(request(folder, true, false, true)).device()) {
            first = device.facts();
        }
        try (var device = FileTarget.open(request(folder, true, false, true)).device()) {
            assertThat(device.facts()).isEqualTo(first).containsEntry("target", folder.toString());
        }
    }

    @Test
    void aByteChangedByAnotherProgramFailsTheVerification() throws Exception {
        BlockContent content = new BlockContent(9, REGION);
        try (var device = FileTarget.open(request(folder, true, false, true)).device()) {
            Sweep sweep = new Sweep(device, REGION, content, 4096);
            sweep.write();
            try (RandomAccessFile other = new RandomAccessFile(onlyFile(), "rw")) {
                other.seek(1_000_000);
                int before = other.read();
                other.seek(1_000_000);
                other.write(before ^ 1);
            }

            assertThatThrownBy(sweep::verify)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("content of the page at 999424");
        }
    }

    @Test
    void aFileThatIsCutWhileItIsReadFails() throws Exception {
        Path file = Files.write(folder.resolve("data"), new byte[8192]);
        try (var device = FileTarget.open(request(file, true, false, false)).device();
                var queue = device.openQueue(1, 4096)) {
            try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
                other.setLength(4096);
            }
            queue.submitRead(0, 4096);

            assertThatThrownBy(queue::await)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("read of 4096 bytes at 4096 of " + file)
                    .hasMessageContaining("expected all of them, got 0 bytes");
        }
    }

    @Test
    void moreThanThereIsSpaceForIsRefusedBeforeAnythingIsWritten() {
        FileRequest request =
                new FileRequest(folder.toString(), OpenMode.DIRECT, Leave.NONE, "none", "auto", 1L << 60, 1, true);

        assertThatThrownBy(() -> FileTarget.open(request))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("expected 1152921504606846976 bytes")
                .hasMessageContaining("choose a smaller sizeBytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileOfOursThatCannotBeLockedLeavesNothingOpenAndNothingBehind() throws Exception {
        OwnFile own = OwnFile.create(folder);
        try (FileChannel other = FileChannel.open(own.path(), StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            BlockStack stack = DeviceTree.ofThisSystem().ofFile(folder);

            assertThatThrownBy(() -> FileTarget.in(
                            own, request(folder, true, false, true), folder, stack, FileTarget.Backing.NOT_ISCSI))
                    .isInstanceOf(OverlappingFileLockException.class);
            // That of the other channel.
            assertThat(OpenDescriptors.of(own.path())).isEqualTo(1);
        }
        own.close();
    }

    @Test
    void anExistingFileIsNotWrittenWithoutLeave() throws Exception {
        Path file = Files.writeString(folder.resolve("precious"), "my data");

        assertThatThrownBy(() -> FileTarget.open(request(file, true, false, true)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("writing to the existing file " + file)
                .hasMessageContaining("expected overwrite=true, got overwrite=false");
        assertThat(file).hasContent("my data");
    }

    @Test
    void anExistingFileIsReadAsItIsAndStays() throws Exception {
        Path file = Files.write(folder.resolve("data"), new byte[1 << 20]);

        try (var device = FileTarget.open(request(file, true, false, false)).device();
                var queue = device.openQueue(1, 4096)) {
            queue.submitRead(0, 8192);
            assertThat(queue.await()).isZero();
            assertThat(device.sizeBytes()).isEqualTo(1 << 20);
            assertThat(device.facts())
                    .containsEntry("target-kind", "existing file")
                    .containsEntry("content", "not ours: sizes are checked, bytes are not");
        }

        assertThat(file).hasSize(1 << 20);
    }

    @Test
    void withLeaveAnExistingFileIsOverwrittenAndStays() throws Exception {
        Path file = Files.write(folder.resolve("data"), new byte[3 << 20]);
        BlockContent content = new BlockContent(1, REGION);

        try (var device = FileTarget.open(request(file, true, true, true)).device()) {
            new Sweep(device, REGION, content, 4096).write();
            new Sweep(device, REGION, content, 4096).verify();
        }

        assertThat(file).hasSize(3 << 20);
    }

    @Test
    void aTargetThatIsNotThereIsTold() {
        assertThatThrownBy(() -> FileTarget.open(request(folder.resolve("absent"), true, false, false)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("expected a folder, a file or a block device, got nothing there");
    }

    @Test
    void aTargetThatHasNoBlocksIsRefused() {
        assertThatThrownBy(() -> FileTarget.open(request(Path.of("/dev/null"), true, false, false)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("got something else");
    }

    @Test
    void bufferedIoIsLabelled() throws Exception {
        FileTarget target = FileTarget.open(request(folder, false, false, true));
        try (var device = target.device()) {
            assertThat(target.isDirect()).isFalse();
            assertThat(device.facts().get("direct")).startsWith("no, as asked");
        }
    }

    @Test
    void aDiskThatIsNotIscsiFailsTheRequirementUnlessTheUserGivesHisWord() throws Exception {
        String target = folder.toString();
        FileRequest required = new FileRequest(target, OpenMode.DIRECT, Leave.NONE, "iscsi", "auto", 1 << 20, 1, true);
        FileRequest sworn = new FileRequest(target, OpenMode.DIRECT, Leave.NONE, "iscsi", "iscsi", 1 << 20, 1, true);

        assertThatThrownBy(() -> FileTarget.open(required))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("require=iscsi")
                .hasMessageContaining("say backing=iscsi");
        try (var device = FileTarget.open(sworn).device()) {
            assertThat(device.facts()).containsEntry("backing", "iSCSI, by the user's word: this system cannot see it");
        }
    }

    @Test
    void aNameThatNoPathCanHaveIsTold() {
        assertThatThrownBy(() -> new FileRequest("a\0b", OpenMode.DIRECT, Leave.NONE, "none", "auto", 1, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("target: expected a path in the characters of this JVM's locale, got ")
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void aWordThatIsNoneIsTold() {
        assertThatThrownBy(() -> new FileRequest(".", OpenMode.DIRECT, Leave.NONE, "scsi", "auto", 1, 1, false))
                .hasMessage("require: expected one of none, iscsi, got \"scsi\"; pass for example -p require=none");
    }

    private File onlyFile() {
        File[] files = Objects.requireNonNull(folder.toFile().listFiles());
        assertThat(files).hasSize(1);
        return files[0];
    }

    private static AccessParameters parameters(int blockBytes, int depth) {
        AccessParameters parameters = new AccessParameters();
        parameters.blockBytes = Integer.toString(blockBytes);
        parameters.align = "4k";
        parameters.queueDepth = depth;
        parameters.sizeBytes = Long.toString(REGION.sizeBytes());
        parameters.seed = 9;
        return parameters;
    }

    private static FileRequest request(Path target, boolean direct, boolean overwrite, boolean writes) {
        return new FileRequest(
                target.toString(),
                direct ? OpenMode.DIRECT : OpenMode.CACHED,
                Leave.of(overwrite, "refuse"),
                "none",
                "auto",
                REGION.sizeBytes(),
                1,
                writes);
    }
}
