package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.MountedFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The container around a process, which may itself be in a guest. */
public enum Container {
    DOCKER("Docker"),
    PODMAN("Podman"),
    LXC("LXC"),
    SYSTEMD_NSPAWN("systemd-nspawn"),
    KUBERNETES("Kubernetes"),
    OPENVZ("OpenVZ/Virtuozzo"),
    WSL("WSL"),
    /** A kernel in user mode, which answers in place of the machine's. */
    GVISOR("gVisor"),
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

    /**
     * Weighs what the kernel says against files that lie in the root: a file is copied with an image onto a machine, which
     * the kernel's namespaces, groups and mounts are not. The first that names its manager gives the name.
     */
    private static final class Search {
        /** Numbers of the first namespaces, as Linux's proc_ns.h fixes them. */
        private static final Map<String, String> MACHINES_NAMESPACES = Map.of(
                "pid", "pid:[4026531836]",
                "uts", "uts:[4026531838]",
                "ipc", "ipc:[4026531839]",
                "cgroup", "cgroup:[4026531835]");

        private static final Map<String, Container> MANAGERS = Map.of(
                "docker", Container.DOCKER,
                "podman", Container.PODMAN,
                "lxc", Container.LXC,
                "lxc-libvirt", Container.LXC,
                "systemd-nspawn", Container.SYSTEMD_NSPAWN,
                "wsl", Container.WSL);

        private record Mark(Pattern form, Container container) {
            Mark(String form, Container container) {
                this(Pattern.compile(form), container);
            }
        }

        /** Groups: a pod's before its runtime's. */
        private static final List<Mark> GROUPS = List.of(
                new Mark("/kubepods", Container.KUBERNETES),
                new Mark("/(docker/(?=[0-9a-f])|docker-(?=[0-9a-f]{6}))", Container.DOCKER),
                new Mark("/(libpod-(?=[0-9a-f])|libpod_parent)", Container.PODMAN),
                new Mark("/(lxc/|lxc\\.payload)", Container.LXC),
                new Mark("/(cri-containerd-|crio-|garden/|ecs/|actions_job/)", Container.UNIDENTIFIED));

        /** Mounts that managers make in their containers, as root, point and type. */
        private static final List<Mark> MOUNTS = List.of(
                new Mark(" (/var)?/run/secrets/kubernetes\\.io", Container.KUBERNETES),
                new Mark(" /dev/termination-log ", Container.KUBERNETES),
                new Mark("/docker/containers/\\w+/(hosts|hostname|resolv\\.conf) /etc/", Container.DOCKER),
                new Mark(" /run/\\.containerenv ", Container.PODMAN),
                new Mark("^\\S+ /proc/\\S+ fuse\\.lxcfs$", Container.LXC));

        private final MachineFiles files;
        private final List<MountedFileSystem> mounts;
        private final List<String> evidence = new ArrayList<>();
        private Container found = Container.UNKNOWN;

        Search(MachineFiles files) {
            this.files = files;
            this.mounts = MountedFileSystem.of(files);
        }

        Finding<Container> search() {
            kernels();
            environment();
            groups("proc/self/cgroup");
            groups("proc/1/cgroup");
            mounts.forEach(this::mount);
            Optional<String> pid = namespace("pid").filter(this::isForeign);
            pid.ifPresent(own -> add(Container.UNIDENTIFIED, "proc/self/ns/pid is " + own + ", not the machine's"));
            boolean certain = found != Container.UNKNOWN;
            int kernelsEvidence = evidence.size();
            files();
            List<String> left = evidence.subList(kernelsEvidence, evidence.size());
            return certain ? new Finding<>(found, evidence) : withoutKernelsWord(List.copyOf(left));
        }

        private void kernels() {
            // The host of OpenVZ has both, its containers only the first.
            if (files.exists("proc/vz") && !files.exists("proc/bc")) {
                add(Container.OPENVZ, "proc/vz without proc/bc");
            }
            String release = files.words("proc/sys/kernel/osrelease").orElse("");
            if (release.contains("Microsoft") || release.contains("WSL")) {
                add(Container.WSL, "kernel " + release);
            }
            // gVisor calls itself a Linux of this moment, whatever it runs on.
            String version = files.words("proc/version").orElse("");
            if (release.contains("gvisor") || version.contains("Sun Jan 10 15:06:54 PST 2016")) {
                add(Container.GVISOR, "kernel " + (version.isEmpty() ? release : version));
            }
        }

        private void environment() {
            for (String variable : files.text("proc/1/environ").orElse("").split("\0", -1)) {
                if (variable.startsWith("container=") && variable.length() > "container=".length()) {
                    String name = variable.substring("container=".length());
                    add(manager(name), "the first process has " + variable);
                }
            }
        }

        private void groups(String path) {
            String groups = files.text(path).orElse("");
            GROUPS.stream()
                    .filter(known -> known.form().matcher(groups).find())
                    .findFirst()
                    .ifPresent(known -> add(known.container(), path + " has " + first(known.form(), groups)));
        }

        private static String first(Pattern form, String text) {
            return form.matcher(text).results().findFirst().orElseThrow().group();
        }

        private void mount(MountedFileSystem mount) {
            String line = mount.root() + " " + mount.point() + " " + mount.type();
            MOUNTS.stream()
                    .filter(known -> known.form().matcher(line).find())
                    .findFirst()
                    .ifPresent(known -> add(known.container(), mount.point() + " is mounted by its manager"));
        }

        /** Files that managers leave in the root of a container. */
        private void files() {
            declared("run/systemd/container");
            declared("run/host/container-manager");
            left("run/.containerenv", Container.PODMAN);
            left(".dockerenv", Container.DOCKER);
            left("run/secrets/kubernetes.io", Container.KUBERNETES);
        }

        private void declared(String path) {
            files.words(path).ifPresent(name -> add(manager(name), path + " is " + name));
        }

        private void left(String path, Container container) {
            if (files.exists(path)) {
                add(container, path + " exists");
            }
        }

        /** The kernel names no container: what it says of namespaces and of the root decides whether files may. */
        private Finding<Container> withoutKernelsWord(List<String> left) {
            String marks = left.isEmpty() ? "no mark of a container" : String.join("; ", left);
            if (namespace("pid").isEmpty()) {
                return left.isEmpty()
                        ? Finding.of(Container.UNKNOWN, marks, "proc/self/ns/pid cannot be read")
                        : new Finding<>(found, left);
            }
            String own = "the process namespace is the machine's own";
            if (left.isEmpty()) {
                return Finding.of(Container.NONE, marks, own);
            }
            // A container may share the machine's processes; then its other namespaces or its root are its own.
            Optional<String> apart = apart();
            if (apart.isPresent()) {
                return Finding.of(found, marks, apart.get());
            }
            return root().isPresent()
                    ? Finding.of(Container.NONE, own, marks + ", which an image carries to a machine, too")
                    : Finding.of(Container.UNKNOWN, marks, own, "proc/self/mountinfo does not tell the root");
        }

        private Optional<String> apart() {
            Optional<String> layered = root().filter(root -> root.type().matches("overlay|aufs|fuse\\.fuse-overlayfs"))
                    .map(root -> "the root is layered (" + root.type() + ")");
            return layered.or(() -> List.of("uts", "ipc", "cgroup").stream()
                    .flatMap(kind -> namespace(kind).stream())
                    .filter(this::isForeign)
                    .map(namespace -> "namespace " + namespace + " is not the machine's")
                    .findFirst());
        }

        private Optional<MountedFileSystem> root() {
            return mounts.stream().filter(mount -> mount.point().equals("/")).reduce((below, above) -> above);
        }

        private Optional<String> namespace(String kind) {
            return files.linkTarget("proc/self/ns/" + kind);
        }

        private boolean isForeign(String namespace) {
            return !MACHINES_NAMESPACES.containsValue(namespace);
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
