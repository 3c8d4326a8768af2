package dev.tare.machine.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelCommandLineTest {
    @Test
    void whatConcernsPerformanceIsKeptAndNothingElse() {
        assertThat(KernelCommandLine.publishable(
                        "BOOT_IMAGE=/vmlinuz-6.1 root=UUID=1b4e28ba-2fa1-11d2 ro ip=192.0.2.7::192.0.2.1:255.255.255.0:db7:eth0:off "
                                + "mitigations=off token=s3cr3t isolcpus=2-5 ds=nocloud;h=db7.example.org quiet "
                                + "hugepagesz=1G hugepages=16 console=ttyS0 systemd.set_credential=pass:hunter2 "
                                + "intel_idle.max_cstate=1 nohz_full=2-5 nfsroot=192.0.2.9:/srv user=alice"))
                .isEqualTo(
                        "mitigations=off isolcpus=2-5 hugepagesz=1G hugepages=16 intel_idle.max_cstate=1 nohz_full=2-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nopti",
                "spectre_v2=retpoline,generic",
                "rcu_nocbs=0-3",
                "default_hugepagesz=2M",
                "idle=poll",
                "clocksource=kvm-clock",
                "tsc=reliable",
                "processor.max_cstate=0",
                "intel_pstate=disable",
                "amd_pstate=active",
                "cpufreq.default_governor=performance",
                "transparent_hugepage=madvise",
                "nosmt",
                "mem=4G",
                "numa_balancing=disable",
                "no_timer_check",
                "scsi_mod.use_blk_mq=1",
                "intel_iommu=on",
                "threadirqs",
                "cgroup_disable=memory",
                "systemd.unified_cgroup_hierarchy=0",
                "kvm-intel.ept=0",
                "xen_nopv",
                "hv_nopvspin",
                "acpi_irq_balance",
                "pcie_aspm=off",
                "no-kvmclock"
            })
    void settingsOfPerformanceAreKept(String parameter) {
        assertThat(KernelCommandLine.publishable(parameter + " root=/dev/sda1")).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "dyndbg=\"file db7 +p\" nosmt, nosmt",
        "a=\"mitigations=off token\" nosmt, nosmt",
        "\"secret mitigations=off\" nosmt, nosmt",
        "nosmt -- mitigations=off --password x, nosmt",
        "mitigationsX=off xidle=poll, none",
    })
    void aNameInAnotherParametersValueOrBehindTheKernelsIsNone(String line, String kept) {
        assertThat(KernelCommandLine.publishable(line)).isEqualTo(kept);
    }

    @Test
    void aValueThatIsNoSettingIsLeftOut() {
        assertThat(KernelCommandLine.publishable("lsm=\"a b\" idle=alice@db7 nosmt"))
                .isEqualTo("lsm=... idle=... nosmt");
    }
}
