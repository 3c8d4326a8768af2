package dev.tare.machine.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a kernel's command line may be published. Results are, and command lines carry names of hosts and disks, addresses
 * and secrets: so only parameters that are known to concern performance are kept, and everything else is dropped, whatever it
 * is. The names are those of Linux's Documentation/admin-guide/kernel-parameters.txt.
 */
final class KernelCommandLine {
    /** Names by subject; Linux takes a dash for an underscore. */
    private static final Set<String> NAMES = Set.copyOf(Stream.of(
                    // Vulnerabilities of processors
                    "mitigations nopti pti kpti nospectre_v1 nospectre_v2 nospectre_bhb spectre_v2 spectre_v2_user spectre_bhi "
                            + "spec_store_bypass_disable nospec_store_bypass_disable ssbd l1tf l1d_flush mds taa tsx "
                            + "tsx_async_abort mmio_stale_data reg_file_data_sampling retbleed srbds gather_data_sampling "
                            + "spec_rstack_overflow indirect_target_selection tsa vmscape no_entry_flush no_uaccess_flush "
                            + "nosmap nosmep nopku split_lock_detect",
                    // Which processors, and who may disturb them
                    "isolcpus nohz nohz_full rcu_nocbs rcu_nocb_poll irqaffinity kthread_cpus managed_irq nosmt maxcpus "
                            + "nr_cpus possible_cpus skew_tick nosoftlockup nowatchdog nmi_watchdog threadirqs preempt "
                            + "sched_autogroup noautogroup audit workqueue.unbound_cpus",
                    // Idling and frequency
                    "idle intel_pstate amd_pstate amd_prefcore max_cstate intel_epb pcie_aspm pcie_port_pm noapic nolapic x2apic "
                            + "nox2apic",
                    // Time
                    "clocksource tsc notsc hpet nohpet no_timer_check lapic_timer_c2_ok highres hz nopvclock no_kvmclock "
                            + "no_kvmclock_vsyscall",
                    // Memory
                    "hugepages hugepagesz default_hugepagesz hugetlb_cma hugetlb_free_vmemmap transparent_hugepage "
                            + "transparent_hugepage_shmem mem memmap numa numa_balancing numa_policy movable_node kernelcore "
                            + "movablecore swiotlb swapaccount init_on_alloc init_on_free page_poison page_alloc.shuffle "
                            + "slub_debug slab_debug slab_nomerge debug_pagealloc no5lvl zswap.enabled psi",
                    // Disks and buses
                    "elevator scsi_mod.use_blk_mq dm_mod.use_blk_mq iommu iommu.passthrough iommu.strict intel_iommu amd_iommu",
                    // Guests
                    "nopv nopvspin no_steal_acc no_kvmapf kvm_arm.mode nested xen_nopv xen_nopvspin xen_emul_unplug "
                            + "xen_timer_slop hv_nopvspin",
                    // Control groups and security modules
                    "cgroup_disable cgroup_enable cgroup_no_v1 cgroup_v1_proc cgroup_favordynmods "
                            + "systemd.unified_cgroup_hierarchy systemd.legacy_systemd_cgroup_controller selinux apparmor "
                            + "enforcing lsm security")
            .flatMap(names -> Stream.of(names.split(" ", -1)))
            .toList());

    /** Modules all of whose parameters concern performance, and no host. */
    private static final List<String> MODULES = List.of(
            "intel_idle.",
            "processor.",
            "cpufreq.",
            "cpuidle.",
            "intel_pstate.",
            "kvm.",
            "kvm_intel.",
            "kvm_amd.",
            "kvm_",
            "xen_",
            "hv_",
            "acpi_",
            "rcutree.",
            "rcupdate.",
            "nvme.",
            "nvme_core.");

    /** Where a value has another form, only its name is kept: words of settings have none of these letters. */
    private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.,:+*%/\\-]{0,80}");
    /** Values with blanks stand in double quotes, behind or before the equals sign. */
    private static final Pattern PARAMETER = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\"?)+");

    private KernelCommandLine() {}

    /** The parameters that may be published, in their order; {@code none} when there is none of them. */
    static String publishable(String line) {
        List<String> kept = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(line);
        // What stands behind two dashes is for the first process, not for the kernel.
        while (parameter.find() && !parameter.group().equals("--")) {
            keep(parameter.group(), kept);
        }
        return kept.isEmpty() ? "none" : String.join(" ", kept);
    }

    private static void keep(String parameter, List<String> kept) {
        int equals = parameter.indexOf('=');
        String written = equals < 0 ? parameter : parameter.substring(0, equals);
        String name = written.replace('-', '_');
        if (!NAMES.contains(name) && (MODULES.stream().noneMatch(name::startsWith) || !name.matches("[\\w.]+"))) {
            return;
        }
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        kept.add(PLAIN_VALUE.matcher(value).matches() ? parameter : written + "=...");
    }
}
