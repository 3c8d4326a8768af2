package dev.tare.campaign.plan;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.campaign.yaml.YamlPlace;
import dev.tare.runs.campaign.HostRole;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of hosts in a plan: a host's own name; {@code guest.2} or {@code native.1} by their order in the list; {@code
 * guests}, {@code natives} and {@code hosts} for all of a kind; and in a scenario that is made once for each host {@code
 * each} for that one and {@code others} for all other guests.
 *
 * @param hosts all that are listed
 * @param each the host that a scenario is made for; empty where it is made once
 */
record HostSelector(List<HostEntry> hosts, Optional<String> each) {
    private static final Pattern BY_ORDER = Pattern.compile("(guest|native)\\.([1-9]\\d{0,3})");

    HostSelector of(String host) {
        return new HostSelector(hosts, Optional.of(host));
    }

    /**
     * The hosts that are meant; none where the list has too few.
     *
     * @throws PlaceException when a host's own name is meant and there is none of it
     */
    List<String> select(String words, YamlPlace place) throws PlaceException {
        Matcher ordered = BY_ORDER.matcher(words);
        if (ordered.matches()) {
            return names(role(ordered.group(1))).stream()
                    .skip(Long.parseLong(ordered.group(2)) - 1)
                    .limit(1)
                    .toList();
        }
        return switch (words) {
            case "guests" -> names(HostRole.GUEST);
            case "natives" -> names(HostRole.NATIVE);
            case "hosts" -> hosts.stream().map(HostEntry::name).toList();
            case "each" -> List.of(each.orElseThrow(() -> noEach(place)));
            case "others" -> {
                String one = each.orElseThrow(() -> noEach(place));
                yield names(HostRole.GUEST).stream()
                        .filter(name -> !name.equals(one))
                        .toList();
            }
            default -> List.of(named(words, place));
        };
    }

    private static PlaceException noEach(YamlPlace place) {
        return new PlaceException(place.where()
                + ": expected each and others only in a scenario with the field each (guests, natives or hosts)");
    }

    private String named(String name, YamlPlace place) throws PlaceException {
        if (hosts.stream().noneMatch(host -> host.name().equals(name))) {
            throw new PlaceException(place.where() + ": expected a host that is listed ("
                    + String.join(", ", hosts.stream().map(HostEntry::name).toList())
                    + "), or guest.1, native.1, guests, natives, hosts, got \"" + name + "\"");
        }
        return name;
    }

    private List<String> names(HostRole role) {
        return hosts.stream()
                .filter(host -> host.role() == role)
                .map(HostEntry::name)
                .toList();
    }

    private static HostRole role(String word) {
        return word.equals("native") ? HostRole.NATIVE : HostRole.GUEST;
    }
}
