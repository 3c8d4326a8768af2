package dev.tare.machine.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.MachineFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachineCaptureTest {
    @TempDir
    Path root;

    @TempDir
    Path copy;

    @Test
    void thisMachineIsReadBackTheSame() throws Exception {
        MachineFiles here = MachineFiles.ofThisMachine();

        assertThat(facts(written(MachineCapture.of(here)))).isEqualTo(facts(here));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bare-metal-with-dockerenv",
                "gce-bare-metal-instance",
                "kvm-arm64-without-ptp",
                "kvm-hidden-from-guest",
                "kvm-without-dmi",
                "qemu-in-disguise",
                "qemu-tcg-emul-ide-e1000",
                "qemu-tcg-virtio",
                "xen-dom0-old-hardware",
                "xen-pv-dom0",
                "xen-pv-domU",
            })
    void everyKindOfMachineIsReadBackTheSame(String machine) throws Exception {
        MachineFiles original = CapturedTree.of(machine, root).files();

        assertThat(facts(written(MachineCapture.of(original)))).isEqualTo(facts(original));
    }

    @Test
    void whatIsNobodysBusinessIsLeftOut() throws Exception {
        CapturedTree tree = CapturedTree.empty(root)
                .file("proc/sys/kernel/hostname", "web01\n")
                .file("proc/sys/kernel/osrelease", "6.1.0-web01\n")
                .file("proc/version", "Linux version 6.1.0 (root@builder.example.org) (gcc 12)\n")
                .file("proc/cpuinfo", "processor : 0\nFeatures : fp\nSerial : 100000008a9b0c1d\n")
                .file("proc/cmdline", "root=UUID=0f0e-77 mitigations=off token=hush ip=192.0.2.7\n")
                .file("proc/1/environ", "HOME=/root\0container=lxc\0PASSWORD=hush\0")
                .file("proc/self/cgroup", "0::/lxc.payload.web01/billing.slice\n")
                .file("proc/self/mountinfo", """
                        20 1 0:20 / / rw - nfs4 nas.example.org:/home rw,addr=192.0.2.9
                        21 20 0:21 / /srv/billing rw - ext4 /dev/mapper/billing rw
                        22 20 0:22 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
                        """)
                .file("sys/fs/cgroup/cgroup.controllers", "memory\n")
                .file("sys/fs/cgroup/lxc.payload.web01/billing.slice/memory.max", "1610612736\n")
                .file("sys/class/dmi/id/sys_vendor", "Dell Inc.\n")
                .file("sys/class/dmi/id/product_serial", "7XK2P13\n")
                .file("sys/class/net/enx0a1b2c3d4e5f/address", "0a:1b:2c:3d:4e:5f\n")
                .file(
                        "sys/class/net/enx0a1b2c3d4e5f/device/uevent",
                        "DRIVER=r8152\nPCI_ID=8086:100E\nHID_UNIQ=0a:1b:2c:3d:4e:5f\n")
                .file("sys/class/net/billing0/mtu", "1500\n");

        NavigableMap<String, byte[]> captured = MachineCapture.of(tree.files());

        String all = captured.entrySet().stream()
                .map(file -> file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        assertThat(all)
                .contains("mitigations=off", "container=lxc", "Dell Inc.", "DRIVER=r8152", "6.1.0-host", "1610612736")
                .doesNotContain(
                        "web01",
                        "example.org",
                        "100000008a9b0c1d",
                        "hush",
                        "192.0.2",
                        "UUID",
                        "billing",
                        "7XK2P13",
                        "0a1b2c3d4e5f",
                        "0a:1b",
                        "HOME");
        Map<String, Map<String, String>> facts = MachineFacts.of(written(captured));
        assertThat(facts.get("controlGroup")).containsEntry("memoryLimitBytes", "1610612736");
        assertThat(facts.get("virtualization")).containsEntry("container", "LXC");
    }

    @Test
    void theNameThatAHypervisorTellsTheProcessorIsKept() throws Exception {
        byte[] registers = "....KVMKVMKVM\0\0\0".getBytes(StandardCharsets.US_ASCII);
        MachineFiles original = CapturedTree.empty(root)
                .bytes("dev/cpu/0/cpuid@40000000", registers)
                .files();

        MachineFiles captured = written(MachineCapture.of(original));

        assertThat(facts(captured)).isEqualTo(facts(original));
        assertThat(MachineFacts.of(captured).get("virtualization")).containsEntry("hypervisor", "KVM");
    }

    /** What this machine counts goes on meanwhile. */
    private static Map<String, Map<String, String>> facts(MachineFiles machine) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>(MachineFacts.of(machine));
        Map<String, String> group = new LinkedHashMap<>(Objects.requireNonNull(facts.get("controlGroup")));
        group.remove("throttledPeriods");
        facts.put("controlGroup", group);
        return facts;
    }

    private MachineFiles written(NavigableMap<String, byte[]> captured) throws Exception {
        for (Map.Entry<String, byte[]> file : captured.entrySet()) {
            Path path = copy.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
        return new MachineFiles(copy);
    }
}
