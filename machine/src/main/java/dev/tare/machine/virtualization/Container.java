package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The container around a process, which may itself be in a guest. */
public enum Container {
    DOCKER("Docker"),
    PODMAN("Podman"),
    LXC("LXC"),
    SYSTEMD_NSPAWN("systemd-nspawn"),
    KUBERNETES("Kubernetes"),
    OPENVZ("OpenVZ/Virtuozzo"),
    WSL("WSL"),
    /** In a container for certain, of a manager that does not give its name. */
    UNIDENTIFIED("unidentified container"),
    NONE("none"),
    UNKNOWN("unknown");

    private final String label;

    Container(String label) {
        this.label = label;
    }

    /** The name as it is printed. */
    public String label() {
        return label;
    }

    /** Finds the container around the process that the files call their own. */
    static Finding<Container> of(MachineFiles files) {
        return new Search(files).search();
    }

    /** Collects the marks that containers leave; the first that names its manager decides. */
    private static final class Search {
        /** Number of the first process namespace, as Linux's proc_ns.h fixes it. */
        private static final String INITIAL_PROCESS_NAMESPACE = "pid:[4026531836]";

        private static final Map<String, Container> MANAGERS = Map.of(
                "docker", Container.DOCKER,
                "podman", Container.PODMAN,
                "lxc", Container.LXC,
                "lxc-libvirt", Container.LXC,
                "systemd-nspawn", Container.SYSTEMD_NSPAWN,
                "wsl", Container.WSL);

        private record GroupMark(String part, Container container) {}

        private static final List<GroupMark> CONTROL_GROUPS = List.of(
                new GroupMark("/docker/", Container.DOCKER),
                new GroupMark("/docker-", Container.DOCKER),
                new GroupMark("/libpod-", Container.PODMAN),
                new GroupMark("/lxc/", Container.LXC),
                new GroupMark("/lxc.payload", Container.LXC),
                new GroupMark("/kubepods", Container.KUBERNETES));

        private final MachineFiles files;
        private final List<String> evidence = new ArrayList<>();
        private Container found = Container.UNKNOWN;

        Search(MachineFiles files) {
            this.files = files;
        }

        Finding<Container> search() {
            sharedKernels();
            declared("run/systemd/container");
            declared("run/host/container-manager");
            environment();
            marks();
            controlGroups();
            return found == Container.UNKNOWN ? withoutMark() : new Finding<>(found, evidence);
        }

        private void sharedKernels() {
            // The host of OpenVZ has both, its containers only the first.
            if (files.exists("proc/vz") && !files.exists("proc/bc")) {
                add(Container.OPENVZ, "proc/vz without proc/bc");
            }
            files.words("proc/sys/kernel/osrelease")
                    .filter(release -> release.contains("Microsoft") || release.contains("WSL"))
                    .ifPresent(release -> add(Container.WSL, "kernel " + release));
        }

        /** Managers that follow systemd's container interface leave their name. */
        private void declared(String path) {
            files.words(path).ifPresent(name -> add(manager(name), path + " is " + name));
        }

        private void environment() {
            for (String variable : files.text("proc/1/environ").orElse("").split("\0", -1)) {
                if (variable.startsWith("container=") && variable.length() > "container=".length()) {
                    String name = variable.substring("container=".length());
                    add(manager(name), "the first process has " + variable);
                }
            }
        }

        private void marks() {
            if (files.exists("run/.containerenv")) {
                add(Container.PODMAN, "run/.containerenv exists");
            }
            if (files.exists(".dockerenv")) {
                add(Container.DOCKER, ".dockerenv exists");
            }
            if (files.exists("run/secrets/kubernetes.io")) {
                add(Container.KUBERNETES, "run/secrets/kubernetes.io exists");
            }
        }

        private void controlGroups() {
            String groups = files.text("proc/1/cgroup").orElse("");
            for (GroupMark known : CONTROL_GROUPS) {
                if (groups.contains(known.part())) {
                    add(known.container(), "proc/1/cgroup has " + known.part());
                    return;
                }
            }
        }

        /** No mark of a container: none if the process sees the machine's own process namespace, else unknown. */
        private Finding<Container> withoutMark() {
            Optional<String> namespace = files.linkTarget("proc/self/ns/pid");
            if (namespace.isEmpty()) {
                return Finding.of(Container.UNKNOWN, "no mark of a container; proc/self/ns/pid cannot be read");
            }
            return namespace.get().equals(INITIAL_PROCESS_NAMESPACE)
                    ? Finding.of(Container.NONE, "no mark of a container; the process namespace is the machine's own")
                    : Finding.of(
                            Container.UNIDENTIFIED, "proc/self/ns/pid is " + namespace.get() + ", not the machine's");
        }

        private static Container manager(String name) {
            return MANAGERS.getOrDefault(name, Container.UNIDENTIFIED);
        }

        private void add(Container container, String sign) {
            evidence.add(sign);
            if (found == Container.UNKNOWN || found == Container.UNIDENTIFIED) {
                found = container;
            }
        }
    }
}
