package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.login.Credentials;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our target under the tools and the conformance suite of libiscsi. */
@RequiresProgram(value = "iscsi-test-cu", debianPackage = "libiscsi-bin")
class LibiscsiIT {
    private static final long SIZE_BYTES = 64 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Inquiry",
                "Mandatory",
                "ModeSense6",
                "NoMedia",
                "Read6",
                "Read10",
                "Read12",
                "Read16",
                "ReadCapacity10",
                "ReadCapacity16",
                "ReadOnly",
                "TestUnitReady",
                "Write10",
                "Write12",
                "Write16",
                "iSCSIcmdsn",
                "iSCSIdatasn",
                "iSCSIResiduals",
                "iSCSITMF"
            })
    void aFamilyOfTheSuitePasses(String family) throws Exception {
        passes(family);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CompareAndWrite",
                "ExtendedCopy",
                "GetLBAStatus",
                "MultipathIO",
                "OrWrite",
                "Prefetch10",
                "Prefetch16",
                "PreventAllow",
                "PrinReadKeys",
                "PrinReportCapabilities",
                "PrinServiceactionRange",
                "ProutClear",
                "ProutPreempt",
                "ProutRegister",
                "ProutReserve",
                "ReadDefectData10",
                "ReadDefectData12",
                "ReceiveCopyResults",
                "ReportSupportedOpcodes",
                "Reserve6",
                "Sanitize",
                "StartStopUnit",
                "Unmap",
                "Verify10",
                "Verify12",
                "Verify16",
                "WriteAtomic16",
                "WriteSame10",
                "WriteSame16",
                "WriteVerify10",
                "WriteVerify12",
                "WriteVerify16"
            })
    void aFamilyOfWhatTheTargetDoesNotHaveIsAnsweredAsUnsupported(String family) throws Exception {
        passes(family);
    }

    private void passes(String family) throws Exception {
        try (TargetServer target = memory(null)) {
            String output = run("iscsi-test-cu", "-d", "-n", "-t", "ALL." + family, url(target, ""));
            assertThat(output)
                    .containsPattern("tests +\\d+ +\\d+ +\\d+ +0 ")
                    .containsPattern("asserts +\\d+ +\\d+ +\\d+ +0 ");
        }
    }

    @Test
    void theToolsFindTheDisk() throws Exception {
        TargetOptions options = options(null);
        try (TargetServer target =
                TargetServer.ofNewFile(folder.resolve("image"), SIZE_BYTES, options, LibiscsiIT::log)) {
            String portal = "iscsi://127.0.0.1:" + target.address().getPort();
            assertThat(run("iscsi-ls", "-s", portal + "/"))
                    .contains(TargetOptions.NAME)
                    .contains("Lun:0");
            assertThat(run("iscsi-inq", url(target, ""))).contains("BENCH DISK");
            assertThat(run("iscsi-readcapacity16", url(target, ""))).contains("Total size:" + SIZE_BYTES);
            assertThat(run("iscsi-perf", "-t", "1", "-m", "32", "-b", "8", "-r", url(target, "")))
                    .contains("iops average");
        }
    }

    @Test
    void chapIsAskedOfThem() throws Exception {
        Credentials credentials = new Credentials("alice", "correct-horse", null);
        try (TargetServer target = memory(credentials)) {
            assertThat(run("iscsi-inq", url(target, "alice%correct-horse@"))).contains("BENCH DISK");
            assertThat(run("iscsi-inq", url(target, "alice%wrong-wrong-wrong@")))
                    .contains("Authentication failure");
            assertThat(run("iscsi-inq", url(target, ""))).contains("Authentication failure");
        }
    }

    private static TargetServer memory(@Nullable Credentials credentials) throws IOException {
        return TargetServer.ofMemory(SIZE_BYTES, options(credentials), LibiscsiIT::log);
    }

    private static TargetOptions options(@Nullable Credentials credentials) {
        return TargetOptions.of(
                TargetOptions.NAME, credentials, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static String url(TargetServer target, String user) throws IOException {
        return "iscsi://" + user + "127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0";
    }

    private static String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        command.set(0, Programs.require(words[0]).toString());
        try (RunningProgram program = RunningProgram.start(command)) {
            program.awaitExit(LIMIT);
            return program.output();
        }
    }

    private static void log(String event) {
        System.out.println(event);
    }
}
