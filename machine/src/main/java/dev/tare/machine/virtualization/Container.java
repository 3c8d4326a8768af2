package dev.tare.machine.virtualization;

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
}
