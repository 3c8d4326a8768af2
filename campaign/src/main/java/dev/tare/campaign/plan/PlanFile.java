package dev.tare.campaign.plan;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.campaign.yaml.YamlPlace;
import dev.tare.harness.CommandWords;
import dev.tare.harness.Reasons;
import dev.tare.runs.campaign.LoadRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads plans: YAML, described in docs/campaigns.md. */
public final class PlanFile {
    private static final List<String> BUILT_IN = List.of("demo", "study", "matrix", "database");
    private static final Pattern SCENARIO = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");
    private static final Pattern PARTNER = Pattern.compile("\\$\\{([^}]*)}");
    private static final String MANAGEMENT = "management";
    private static final String PEER = "peer.";
    private static final int MOST_ROUNDS = 10_000;
    private static final int DEFAULT_READY_S = 600;

    private final List<HostEntry> hosts;
    private final Map<String, YamlPlace> workloads = new LinkedHashMap<>();
    private final List<PlannedScenario> scenarios = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private PlanFile(List<HostEntry> hosts) {
        this.hosts = hosts;
    }

    /** Names of the built-in plans. */
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /**
     * The text of a plan.
     *
     * @param nameOrPath a built-in name, or the path of a file
     * @throws PlaceException when there is neither
     */
    public static String text(String nameOrPath) throws PlaceException {
        if (BUILT_IN.contains(nameOrPath)) {
            try (InputStream resource = PlanFile.class.getResourceAsStream(nameOrPath + ".yml")) {
                if (resource == null) {
                    throw new IllegalStateException("the jar lacks its plan " + nameOrPath);
                }
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try {
            return Files.readString(Path.of(nameOrPath));
        } catch (IOException e) {
            throw new PlaceException("campaign: expected one of " + String.join(", ", BUILT_IN)
                    + " or the path of a readable plan file, got \"" + nameOrPath + "\" (" + Reasons.of(e) + ")");
        }
    }

    /**
     * Reads a plan and puts the hosts in.
     *
     * @param file what it is called in messages
     * @param hosts all that are listed
     * @throws PlaceException with file, line and what was expected
     */
    public static CampaignPlan parse(String file, String text, List<HostEntry> hosts) throws PlaceException {
        YamlPlace root = YamlPlace.read(file, text);
        Map<String, YamlPlace> fields = root.fields(
                "name", "rounds", "seed", "repeats", "readyLimitS", "workloads", "scenarios", "before", "after");
        PlanFile plan = new PlanFile(hosts);
        plan.workloads.putAll(required(root, fields, "workloads").fields());
        for (Map.Entry<String, YamlPlace> workload : plan.workloads.entrySet()) {
            words(workload.getValue());
        }
        YamlPlace list = required(root, fields, "scenarios");
        for (YamlPlace scenario : list.elements()) {
            plan.add(scenario);
        }
        if (plan.scenarios.isEmpty()) {
            throw new PlaceException(list.where() + ": expected a scenario for which there are hosts enough, got none; "
                    + String.join("; ", plan.leftOut));
        }
        return new CampaignPlan(
                fields.containsKey("name") ? fields.get("name").text() : file,
                text,
                whole(fields, "rounds", 5, 1, MOST_ROUNDS),
                whole(fields, "seed", 1, 0, Integer.MAX_VALUE),
                whole(fields, "repeats", 2, 0, 10),
                whole(fields, "readyLimitS", DEFAULT_READY_S, 1, 86_400),
                plan.scenarios,
                plan.leftOut,
                hook(fields, "before"),
                hook(fields, "after"));
    }

    private void add(YamlPlace place) throws PlaceException {
        Map<String, YamlPlace> fields =
                place.fields("name", "each", "occurrences", "measured", "load", "idle", "share", "before", "after");
        YamlPlace name = required(place, fields, "name");
        if (!SCENARIO.matcher(name.text()).matches()) {
            throw name.unexpected("a name of letters, digits, points, dashes and underscores");
        }
        HostSelector selector = new HostSelector(hosts, Optional.empty());
        YamlPlace each = fields.get("each");
        if (each == null) {
            add(name, fields, selector, name.text());
            return;
        }
        List<String> all = selector.select(each.word(List.of("guests", "natives", "hosts")), each);
        for (String host : all) {
            add(name, fields, selector.of(host), name.text() + "-" + host);
        }
    }

    private void add(YamlPlace place, Map<String, YamlPlace> fields, HostSelector selector, String name)
            throws PlaceException {
        Map<String, Part> parts = new LinkedHashMap<>();
        List<String> lacking = new ArrayList<>();
        for (LoadRole role : List.of(LoadRole.MEASURED, LoadRole.LOAD)) {
            YamlPlace section = fields.get(role == LoadRole.MEASURED ? "measured" : "load");
            if (section != null) {
                for (Map.Entry<String, YamlPlace> part : section.fields().entrySet()) {
                    active(part.getKey(), part.getValue(), role, selector, parts, lacking);
                }
            }
        }
        if (fields.containsKey("idle")) {
            for (YamlPlace host : fields.get("idle").elements()) {
                idle(host, selector, parts, lacking);
            }
        }
        if (!lacking.isEmpty()) {
            leftOut.add(name + " needs " + String.join(", ", lacking) + ", which the list of hosts has not");
            return;
        }
        if (parts.values().stream().noneMatch(part -> part.role() == LoadRole.MEASURED)) {
            throw new PlaceException(place.where() + ": expected at least one host in measured, got none in " + name);
        }
        if (scenarios.stream().anyMatch(other -> other.name().equals(name))) {
            throw new PlaceException(place.where() + ": expected each scenario once, got " + name + " twice");
        }
        shares(fields, selector, parts);
        scenarios.add(new PlannedScenario(
                name,
                whole(fields, "occurrences", 1, 1, 100),
                List.copyOf(parts.values()),
                hook(fields, "before"),
                hook(fields, "after")));
    }

    private void active(
            String words,
            YamlPlace place,
            LoadRole role,
            HostSelector selector,
            Map<String, Part> parts,
            List<String> lacking)
            throws PlaceException {
        YamlPlace workload = workloads.get(place.text());
        if (workload == null) {
            throw place.unexpected("one of the workloads " + String.join(", ", workloads.keySet()));
        }
        List<String> selected = selector.select(words, place);
        if (selected.isEmpty()) {
            lacking.add(words);
        }
        Optional<String> line = partners(workload, selector, lacking);
        for (String host : selected) {
            Part part = new Part(host, role, place.text(), line.orElse(""), OptionalDouble.empty());
            if (parts.put(host, part) != null) {
                throw new PlaceException(
                        place.where() + ": expected each host once in a scenario, got " + host + " again");
            }
        }
    }

    private static void idle(YamlPlace place, HostSelector selector, Map<String, Part> parts, List<String> lacking)
            throws PlaceException {
        List<String> selected = selector.select(place.text(), place);
        boolean isKind = List.of("guests", "natives", "hosts", "others").contains(place.text());
        if (selected.isEmpty() && !isKind) {
            lacking.add(place.text());
        }
        for (String host : selected) {
            Part part = new Part(host, LoadRole.IDLE, "", "", OptionalDouble.empty());
            // All of a kind that do nothing else are idle.
            if (parts.putIfAbsent(host, part) != null && !isKind) {
                throw new PlaceException(
                        place.where() + ": expected each host once in a scenario, got " + host + " again");
            }
        }
    }

    private static void shares(Map<String, YamlPlace> fields, HostSelector selector, Map<String, Part> parts)
            throws PlaceException {
        if (!fields.containsKey("share")) {
            return;
        }
        for (Map.Entry<String, YamlPlace> share : fields.get("share").fields().entrySet()) {
            YamlPlace place = share.getValue();
            if (!place.text().matches("0?\\.\\d{1,9}|1(\\.0{1,9})?") || Double.parseDouble(place.text()) == 0) {
                throw place.unexpected("a share above 0 and at most 1");
            }
            for (String host : selector.select(share.getKey(), place)) {
                Part part = parts.get(host);
                if (part == null || !part.isActive()) {
                    throw place.unexpected("a host that takes part in this scenario and is not idle");
                }
                parts.put(
                        host,
                        new Part(
                                host,
                                part.role(),
                                part.workload(),
                                part.line(),
                                OptionalDouble.of(Double.parseDouble(place.text()))));
            }
        }
    }

    /** The line with names of hosts in place of {@code guest.2}; empty when one of them is lacking. */
    private static Optional<String> partners(YamlPlace workload, HostSelector selector, List<String> lacking)
            throws PlaceException {
        Matcher partner = PARTNER.matcher(workload.text());
        StringBuilder line = new StringBuilder();
        while (partner.find()) {
            String name = partner.group(1);
            if (name.startsWith(PEER)) {
                List<String> selected = selector.select(name.substring(PEER.length()), workload);
                if (selected.size() != 1) {
                    lacking.add("the partner " + name);
                    return Optional.empty();
                }
                partner.appendReplacement(line, Matcher.quoteReplacement("${" + PEER + selected.get(0) + "}"));
            } else if (name.equals(MANAGEMENT)) {
                partner.appendReplacement(line, Matcher.quoteReplacement(partner.group()));
            } else {
                throw new PlaceException(
                        workload.where() + ": expected ${management} or ${peer.HOST}, got " + partner.group());
            }
        }
        return Optional.of(partner.appendTail(line).toString());
    }

    private static List<String> words(YamlPlace workload) throws PlaceException {
        List<String> words = CommandWords.split(workload.text())
                .orElseThrow(() -> workload.unexpected("a JMH command line whose quotes are closed"));
        if (words.isEmpty()) {
            throw workload.unexpected("a JMH command line such as LuSolveBench.blocked -p order=500");
        }
        return words;
    }

    private static YamlPlace required(YamlPlace place, Map<String, YamlPlace> fields, String key)
            throws PlaceException {
        YamlPlace value = fields.get(key);
        if (value == null) {
            throw new PlaceException(place.where() + ": expected the key " + key + ", it is missing");
        }
        return value;
    }

    private static int whole(Map<String, YamlPlace> fields, String key, int byDefault, int least, int most)
            throws PlaceException {
        YamlPlace value = fields.get(key);
        return value == null ? byDefault : value.whole(least, most);
    }

    private static Optional<String> hook(Map<String, YamlPlace> fields, String key) throws PlaceException {
        YamlPlace value = fields.get(key);
        return value == null || value.text().isBlank() ? Optional.empty() : Optional.of(value.text());
    }
}
