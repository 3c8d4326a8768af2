package dev.tare.campaign.hosts;

import dev.tare.campaign.hosts.HostList.ManagementAddresses;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.harness.CommandWords;
import dev.tare.runs.campaign.HostRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Groups, hosts and variables of an Ansible inventory. Those that decide how a host is reached are Ansible's own ({@code
 * ansible_host}, {@code ansible_user}, {@code ansible_port}, {@code ansible_connection}, ...); what Ansible does not know
 * begins with {@code tare_}. A host in a group called {@code native} is native.
 */
final class InventoryVariables {
    private static final Pattern RANGE = Pattern.compile("(.*?)\\[(\\d+):(\\d+)](.*)");
    private static final int MOST_OF_A_RANGE = 1000;

    private final String file;
    private final Map<String, Map<String, String>> ofGroups = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> ofHosts = new LinkedHashMap<>();
    private final Map<String, Set<String>> children = new LinkedHashMap<>();
    private final Map<String, Set<String>> groupsOf = new LinkedHashMap<>();

    InventoryVariables(String file) {
        this.file = file;
    }

    void host(String group, String pattern, Map<String, String> variables) throws PlaceException {
        for (String name : names(pattern)) {
            ofHosts.computeIfAbsent(name, any -> new LinkedHashMap<>()).putAll(variables);
            groupsOf.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(group);
        }
    }

    void group(String group, Map<String, String> variables) {
        ofGroups.computeIfAbsent(group, any -> new LinkedHashMap<>()).putAll(variables);
    }

    void child(String parent, String child) {
        children.computeIfAbsent(parent, any -> new LinkedHashSet<>()).add(child);
    }

    /** {@code vm[1:3]}: vm1, vm2, vm3; leading zeros are kept. */
    private List<String> names(String pattern) throws PlaceException {
        Matcher range = RANGE.matcher(pattern);
        if (!range.matches()) {
            return List.of(pattern);
        }
        int first = Integer.parseInt(range.group(2));
        int last = Integer.parseInt(range.group(3));
        if (last < first || last - first > MOST_OF_A_RANGE) {
            throw new PlaceException(file + ": expected a rising range such as vm[1:3], got " + pattern);
        }
        List<String> names = new ArrayList<>();
        String format = "%0" + range.group(2).length() + "d";
        for (int i = first; i <= last; i++) {
            names.add(range.group(1) + String.format(Locale.ROOT, format, i) + range.group(4));
        }
        return names;
    }

    HostList list() throws PlaceException {
        List<HostEntry> hosts = new ArrayList<>();
        for (String name : ofHosts.keySet()) {
            hosts.add(entry(name));
        }
        Map<String, String> all = ofGroups.getOrDefault("all", Map.of());
        return new HostList(
                new ManagementAddresses(
                        Optional.ofNullable(all.get("tare_management_address")),
                        Optional.ofNullable(all.get("tare_management_load"))),
                hosts);
    }

    private HostEntry entry(String name) throws PlaceException {
        Set<String> groups = ancestors(name);
        Map<String, String> variables = new LinkedHashMap<>(ofGroups.getOrDefault("all", Map.of()));
        List<String> outermostFirst = new ArrayList<>(groups);
        Collections.reverse(outermostFirst);
        outermostFirst.forEach(group -> variables.putAll(ofGroups.getOrDefault(group, Map.of())));
        variables.putAll(ofHosts.getOrDefault(name, Map.of()));
        String role = variables.getOrDefault("tare_role", groups.contains("native") ? "native" : "guest");
        if (!List.of("native", "guest").contains(role)) {
            throw new PlaceException(file + ": " + name + ": expected tare_role native or guest, got \"" + role + "\"");
        }
        return new HostEntry(
                name,
                role.equals("native") ? HostRole.NATIVE : HostRole.GUEST,
                channel(name, variables),
                Optional.ofNullable(variables.get("tare_java")),
                Optional.ofNullable(variables.get("tare_jar")),
                Optional.ofNullable(variables.get("tare_machine")),
                count(name, variables, "tare_cores"),
                count(name, variables, "tare_vcpus"),
                Optional.ofNullable(variables.getOrDefault("tare_address", variables.get("ansible_host"))),
                Optional.ofNullable(variables.get("tare_load")));
    }

    /** The host's own groups first, then theirs. */
    private Set<String> ancestors(String host) {
        Set<String> groups = new LinkedHashSet<>(groupsOf.getOrDefault(host, Set.of()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<String, Set<String>> parent : children.entrySet()) {
                if (parent.getValue().stream().anyMatch(groups::contains) && groups.add(parent.getKey())) {
                    grown = true;
                }
            }
        }
        return groups;
    }

    private OptionalInt count(String name, Map<String, String> variables, String key) throws PlaceException {
        String value = variables.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new PlaceException(
                    file + ": " + name + ": expected " + key + " to be a whole number from 1, got \"" + value + "\"");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    private List<String> channel(String name, Map<String, String> variables) throws PlaceException {
        String own = variables.get("tare_channel");
        if (own != null) {
            return CommandWords.split(own)
                    .orElseThrow(() -> new PlaceException(
                            file + ": " + name + ": expected tare_channel with closed quotes, got " + own));
        }
        String connection = variables.getOrDefault("ansible_connection", "ssh");
        String target = variables.getOrDefault("ansible_host", name);
        return switch (connection.substring(connection.lastIndexOf('.') + 1)) {
            case "local" -> List.of();
            case "docker" -> List.of("docker", "exec", "-i", target);
            case "podman" -> List.of("podman", "exec", "-i", target);
            case "lxc", "lxd" -> List.of("lxc", "exec", target, "--");
            case "kubectl" -> List.of("kubectl", "exec", "-i", target, "--");
            case "ssh", "smart", "paramiko" -> ssh(name, target, variables);
            default ->
                throw new PlaceException(file + ": " + name + ": expected ansible_connection ssh, local, docker,"
                        + " podman, lxd or kubectl, got \"" + connection
                        + "\"; say with tare_channel how it is reached");
        };
    }

    private List<String> ssh(String name, String target, Map<String, String> variables) throws PlaceException {
        List<String> words = new ArrayList<>(List.of("ssh"));
        if (variables.containsKey("ansible_port")) {
            words.addAll(List.of("-p", variables.getOrDefault("ansible_port", "")));
        }
        if (variables.containsKey("ansible_ssh_private_key_file")) {
            words.addAll(List.of("-i", variables.getOrDefault("ansible_ssh_private_key_file", "")));
        }
        String more = variables.getOrDefault("ansible_ssh_common_args", "");
        words.addAll(CommandWords.split(more)
                .orElseThrow(() -> new PlaceException(
                        file + ": " + name + ": expected ansible_ssh_common_args with closed quotes, got " + more)));
        String user = variables.getOrDefault("ansible_user", variables.getOrDefault("ansible_ssh_user", ""));
        words.add(user.isEmpty() ? target : user + "@" + target);
        return words;
    }
}
