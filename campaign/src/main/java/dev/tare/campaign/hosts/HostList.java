package dev.tare.campaign.hosts;

import dev.tare.campaign.yaml.PlaceException;
import dev.tare.campaign.yaml.YamlPlace;
import dev.tare.harness.CommandWords;
import dev.tare.harness.Reasons;
import dev.tare.runs.campaign.HostRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that a user lists: our own YAML, an Ansible inventory in YAML or INI, or {@code local:3} for JVMs on this host.
 *
 * @param management what is said of the management host
 * @param hosts in their order
 */
public record HostList(ManagementAddresses management, List<HostEntry> hosts) {
    private static final Pattern LOCAL = Pattern.compile("local:(\\d{1,3})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final List<String> RESERVED = List.of("management", "guests", "natives", "hosts", "each", "others");
    private static final int MOST_LOCAL = 200;

    /**
     * Where the management host is reached.
     *
     * @param control where its clock server listens; loopback when nobody says another
     * @param load where its peers listen
     */
    public record ManagementAddresses(Optional<String> control, Optional<String> load) {}

    /** Keeps a copy. */
    public HostList {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads what {@code --hosts} names.
     *
     * @param words {@code local:N}, or the path of a file
     * @throws PlaceException with file, line and what was expected
     */
    public static HostList read(String words) throws PlaceException {
        Matcher local = LOCAL.matcher(words);
        if (local.matches()) {
            return local(Integer.parseInt(local.group(1)));
        }
        Path file = Path.of(words);
        try {
            return parse(words, Files.readString(file));
        } catch (IOException e) {
            throw new PlaceException(
                    "--hosts: expected local:N or a readable file (YAML, or an Ansible inventory), got " + words + ": "
                            + Reasons.of(e));
        }
    }

    private static HostList local(int count) throws PlaceException {
        if (count < 1 || count > MOST_LOCAL) {
            throw new PlaceException("--hosts: expected local:1 to local:" + MOST_LOCAL + ", got local:" + count);
        }
        List<HostEntry> hosts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            hosts.add(HostEntry.local("local" + i));
        }
        return new HostList(new ManagementAddresses(Optional.empty(), Optional.empty()), hosts);
    }

    /**
     * Reads a text: INI when its first line that says something is a group or no YAML mapping, else YAML.
     *
     * @param file what it is called in messages
     */
    static HostList parse(String file, String text) throws PlaceException {
        if (IniInventory.looksLikeIt(text)) {
            return checked(file, IniInventory.read(file, text));
        }
        YamlPlace root = YamlPlace.read(file, text);
        Map<String, YamlPlace> fields = root.fields();
        return checked(
                file,
                fields.containsKey("hosts") && !fields.get("hosts").isMapping() ? own(root) : YamlInventory.read(root));
    }

    private static HostList checked(String file, HostList list) throws PlaceException {
        if (list.hosts.isEmpty()) {
            throw new PlaceException(file + ": expected at least one host, got none");
        }
        Set<String> names = new HashSet<>();
        for (HostEntry host : list.hosts) {
            if (!NAME.matcher(host.name()).matches()) {
                throw new PlaceException(
                        file + ": expected names of letters, digits, points, dashes and underscores, got \""
                                + host.name() + "\"");
            }
            if (RESERVED.contains(host.name())) {
                throw new PlaceException(file + ": expected names that plans do not use themselves ("
                        + String.join(", ", RESERVED) + "), got " + host.name());
            }
            if (!names.add(host.name())) {
                throw new PlaceException(file + ": expected each host once, got " + host.name() + " twice");
            }
        }
        return list;
    }

    private static HostList own(YamlPlace root) throws PlaceException {
        Map<String, YamlPlace> fields = root.fields("management", "hosts");
        Optional<String> control = Optional.empty();
        Optional<String> load = Optional.empty();
        if (fields.containsKey("management")) {
            Map<String, YamlPlace> management = fields.get("management").fields("address", "load");
            control = text(management, "address");
            load = text(management, "load");
        }
        List<HostEntry> hosts = new ArrayList<>();
        YamlPlace listed = fields.get("hosts");
        for (YamlPlace host : listed == null ? List.<YamlPlace>of() : listed.elements()) {
            hosts.add(entry(host));
        }
        return new HostList(new ManagementAddresses(control, load), hosts);
    }

    private static HostEntry entry(YamlPlace place) throws PlaceException {
        Map<String, YamlPlace> fields =
                place.fields("name", "role", "channel", "java", "jar", "machine", "cores", "vcpus", "address", "load");
        YamlPlace name = fields.get("name");
        if (name == null || !NAME.matcher(name.text()).matches()) {
            throw (name == null ? place : name)
                    .unexpected("a host's name of letters, digits, points, dashes and underscores");
        }
        YamlPlace channel = fields.get("channel");
        List<String> words = channel == null
                ? List.of()
                : CommandWords.split(channel.text())
                        .orElseThrow(() -> channel.unexpected("a command whose quotes are closed"));
        HostRole role = fields.containsKey("role")
                ? HostRole.valueOf(
                        fields.get("role").word(List.of("guest", "native")).equals("native") ? "NATIVE" : "GUEST")
                : HostRole.GUEST;
        return new HostEntry(
                name.text(),
                role,
                words,
                text(fields, "java"),
                text(fields, "jar"),
                text(fields, "machine"),
                YamlPlace.count(Optional.ofNullable(fields.get("cores"))),
                YamlPlace.count(Optional.ofNullable(fields.get("vcpus"))),
                text(fields, "address"),
                text(fields, "load"));
    }

    private static Optional<String> text(Map<String, YamlPlace> fields, String key) throws PlaceException {
        YamlPlace value = fields.get(key);
        return value == null || value.text().isBlank()
                ? Optional.empty()
                : Optional.of(value.text().strip());
    }
}
