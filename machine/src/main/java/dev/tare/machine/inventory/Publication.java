package dev.tare.machine.inventory;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a machine's files may be given away. By a list of what is kept: of files outside of {@code /sys} nothing else is, and
 * names that people give (groups, network cards) are replaced, the same everywhere.
 */
final class Publication {
    private static final String GROUPS = "sys/fs/cgroup/";
    private static final Pattern CARD_OF_KERNEL =
            Pattern.compile("(eth|eno|ens|enp|enP|enc|ib|lan|wlp|wlan)\\d\\w{0,12}");
    private static final Pattern GROUP_OF_SYSTEM =
            Pattern.compile("|\\.\\.|docker|lxc|ecs|garden|actions_job|besteffort|burstable|libpod_parent|init\\.scope|"
                    + "kubepods(-besteffort|-burstable)?(\\.slice)?|(system|user|machine|app|session)\\.slice|"
                    + "user-\\d+\\.slice|user@\\d+\\.service|session-\\w+\\.scope");
    /** Managers put their mark in front of a name that is a user's, and systemd its kind behind. */
    private static final Pattern GROUP_OF_MANAGER =
            Pattern.compile("(docker-|libpod-(?:conmon-)?|cri-containerd-|crio-|lxc\\.payload\\.|kubepods\\S*-pod|pod)?"
                    + "(.+?)(\\.scope|\\.slice|\\.service)?");

    private static final Pattern MOUNT = Pattern.compile("(\\S+ \\S+ \\S+) (\\S+) (\\S+) .*?- (\\S+) \\S+ (\\S+)");
    private static final Pattern MOUNT_THAT_MATTERS =
            Pattern.compile("/|/proc/\\S+|/sys/fs/cgroup\\S*|/etc/(hosts|hostname|resolv\\.conf)|/dev/termination-log|"
                    + "/run/\\.containerenv|(/var)?/run/secrets/kubernetes\\.io\\S*");
    private static final Pattern TRANSPORT = Pattern.compile("trans=\\w+");

    private record Rule(Pattern path, UnaryOperator<String> kept) {}

    /** What is kept of a file; the first that fits decides. */
    private final List<Rule> rules = List.of(
            rule("proc/cpuinfo", Publication::firstProcessor),
            rule(
                    "proc/sysinfo",
                    text -> lines(text, "(Manufacturer|Type|Model|LPAR Number|VM00 Control Program)\\s*:.*")),
            rule("proc/cmdline", KernelCommandLine::publishable),
            rule("proc/(self|1)/cgroup", this::groups),
            rule("proc/self/mountinfo", this::mounts),
            rule("proc/self/status", text -> lines(text, "Cpus_allowed_list:.*")),
            rule("proc/1/environ", Publication::container),
            rule("proc/version", text -> text.replaceAll("\\([^()]*@[^()]*\\)", "(builder)")),
            rule("proc/(sys/kernel/osrelease|meminfo|pressure/\\w+|xen/capabilities|sys/vm/\\w+)", text -> text),
            rule("proc/device-tree/(hypervisor/)?compatible", text -> text),
            rule("run/(systemd/container|host/container-manager)", text -> text),
            rule("sys/.*/uevent", text -> lines(text, "(DRIVER|PCI_CLASS|PCI_ID|PCI_SUBSYS_ID)=.*")),
            rule("sys/.*", text -> text));

    private final Map<String, String> groups = new HashMap<>();
    private final Map<String, String> cards = new HashMap<>();
    private final String hostName;

    /**
     * @param hostName the machine's own name, empty when unknown
     */
    Publication(String hostName) {
        this.hostName = hostName;
    }

    /** What may be given away of a file's text; empty when nothing is known of such files. */
    Optional<String> text(String path, String text) {
        return rules.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .findFirst()
                .map(rule -> withoutAddresses(path, rule.kept().apply(text)));
    }

    /** A path, or a link's target, with other names for those that people give. */
    String path(String path) {
        if (path.startsWith(GROUPS)) {
            return GROUPS + renamedGroups(path.substring(GROUPS.length()), groups::getOrDefault);
        }
        Matcher card = Pattern.compile("(^|/)net/([^/]+)").matcher(path);
        return card.replaceAll(found -> Matcher.quoteReplacement(found.group(1) + "net/" + card(found.group(2))));
    }

    private String card(String name) {
        return CARD_OF_KERNEL.matcher(name).matches()
                ? name
                : cards.computeIfAbsent(name, key -> "net" + (cards.size() + 1));
    }

    private String groups(String text) {
        return text.lines()
                .map(line -> {
                    int path = line.indexOf(':', line.indexOf(':') + 1) + 1;
                    return line.substring(0, path) + renamedGroups(line.substring(path), this::group);
                })
                .collect(Collectors.joining("\n"));
    }

    private interface Names {
        String other(String name, String same);
    }

    private static String renamedGroups(String path, Names names) {
        return Stream.of(path.split("/", -1))
                .map(name -> names.other(name, name))
                .collect(Collectors.joining("/"));
    }

    private String group(String name, String same) {
        if (GROUP_OF_SYSTEM.matcher(name).matches()) {
            return same;
        }
        return groups.computeIfAbsent(name, key -> {
            Matcher parts = GROUP_OF_MANAGER.matcher(key);
            boolean matches = parts.matches();
            String mark = matches && parts.group(1) != null ? parts.group(1) : "";
            String kind = matches && parts.group(3) != null ? parts.group(3) : "";
            return mark + String.format(Locale.ROOT, "%012x", 0xabc000 + groups.size()) + kind;
        });
    }

    /** Without sources, which may be hosts, and without options but those that matter. */
    private String mounts(String text) {
        return text.lines()
                .map(MOUNT::matcher)
                .filter(mount -> mount.matches()
                        && MOUNT_THAT_MATTERS.matcher(mount.group(3)).matches())
                .map(this::mount)
                .collect(Collectors.joining("\n"));
    }

    private String mount(Matcher mount) {
        String type = mount.group(4);
        boolean ofGroups = type.startsWith("cgroup");
        Matcher transport = TRANSPORT.matcher(mount.group(5));
        String root = ofGroups
                ? renamedGroups(mount.group(2), this::group)
                : mount.group(2).replaceAll("[0-9a-f]{12,}", "0a1b2c3d4e5f");
        String options = ofGroups ? mount.group(5) : transport.find() ? "rw," + transport.group() : "rw";
        return mount.group(1) + " " + root + " " + mount.group(3) + " rw - " + type + " source " + options;
    }

    /** One processor tells what all do, and serial numbers are not among the fields. */
    private static String firstProcessor(String text) {
        Map<String, String> byField = new LinkedHashMap<>();
        lines(
                        text,
                        "(processor|vendor_id|cpu family|model|model name|stepping|microcode|flags|Features|isa|cpu|platform|"
                                + "machine|CPU (implementer|architecture|variant|part|revision)|bugs)\\s*:.*")
                .lines()
                .forEach(line -> byField.putIfAbsent(line.substring(0, line.indexOf(':')), line));
        return String.join("\n", byField.values());
    }

    private static String container(String environment) {
        return Stream.of(environment.split("\0", -1))
                .filter(variable -> variable.matches("container=[\\w-]{0,20}"))
                .collect(Collectors.joining("\0"));
    }

    /** Nothing that is kept should hold any: this is for what nobody thought of. */
    private String withoutAddresses(String path, String text) {
        String clean = text.replaceAll("(?i)\\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\\b", "00:00:00:00:00:00")
                .replaceAll("\\b(\\d{1,3}\\.){3}\\d{1,3}\\b", "0.0.0.0")
                .replaceAll(
                        "(?i)\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "00000000-0000-0000-0000-000000000000");
        // What hardware and kernel say below /sys is not the host's name, although that may be a word of theirs.
        return hostName.isEmpty() || path.startsWith("sys/")
                ? clean
                : clean.replaceAll("\\b" + Pattern.quote(hostName) + "\\b", "host");
    }

    private static String lines(String text, String form) {
        return text.lines().filter(line -> line.matches(form)).collect(Collectors.joining("\n"));
    }

    private static Rule rule(String path, UnaryOperator<String> kept) {
        return new Rule(Pattern.compile(path), kept);
    }
}
