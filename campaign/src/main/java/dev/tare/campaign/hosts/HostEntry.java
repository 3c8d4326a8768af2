package dev.tare.campaign.hosts;

import dev.tare.harness.CommandWords;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.HostRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host that can take part, as the user lists it.
 *
 * @param name what plans and results call it
 * @param role native or guest
 * @param channel the words of the command in front of {@code java}, such as {@code ssh vm1}; empty for a JVM on this host
 * @param java the command of Java there, with its flags; empty for {@code java}, and for this JVM's own where there is no channel
 * @param jar path of benchmarks.jar there; empty for the usual place
 * @param machine the physical machine it lives on
 * @param machineCores that machine's cores
 * @param vcpus its virtual processors
 * @param address where others reach it for control
 * @param load where others reach it for load; its {@code address} where the user names none
 */
public record HostEntry(
        String name,
        HostRole role,
        List<String> channel,
        Optional<String> java,
        Optional<String> jar,
        Optional<String> machine,
        OptionalInt machineCores,
        OptionalInt vcpus,
        Optional<String> address,
        Optional<String> load) {
    /** Keeps a copy. */
    public HostEntry {
        channel = List.copyOf(channel);
    }

    /** Whether it is a JVM on the management host that no command reaches. */
    public boolean isHere() {
        return channel.isEmpty();
    }

    /** Where others reach it with load; loopback for a JVM here of which nobody said anything. */
    public Optional<String> loadAddress() {
        return load.or(() -> address).or(() -> isHere() ? Optional.of("127.0.0.1") : Optional.empty());
    }

    /** What a campaign keeps of it, so that it can be reached again; {@link #of} reads it. */
    public SortedMap<String, String> kept() {
        SortedMap<String, String> kept = new TreeMap<>();
        java.ifPresent(text -> kept.put("reached.java", text));
        jar.ifPresent(text -> kept.put("reached.jar", text));
        address.ifPresent(text -> kept.put("reached.address", text));
        load.ifPresent(text -> kept.put("reached.load", text));
        return kept;
    }

    /** The host of a campaign that was kept. */
    public static HostEntry of(CampaignHost host) {
        return new HostEntry(
                host.name(),
                host.role(),
                CommandWords.split(host.channel()).orElse(List.of()),
                Optional.ofNullable(host.found().get("reached.java")),
                Optional.ofNullable(host.found().get("reached.jar")),
                host.machine(),
                host.machineCores(),
                host.vcpus(),
                Optional.ofNullable(host.found().get("reached.address")),
                Optional.ofNullable(host.found().get("reached.load")));
    }

    static HostEntry local(String name) {
        return new HostEntry(
                name,
                HostRole.GUEST,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
