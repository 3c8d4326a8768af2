package dev.tare.campaign.plan;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.runs.campaign.LoadRole;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many iterations each line measures on each host: the same in all scenarios, as many as the one that needs most padding.
 * What is compared, alone and together, is measured in one way.
 */
public final class IterationCounts {
    private final Map<Line, Integer> counts = new HashMap<>();

    private record Line(String host, String line) {
        static Line of(Part part) {
            return new Line(part.host(), part.line());
        }
    }

    /**
     * The counts of a plan.
     *
     * @param lines what a part's line measures on its host
     */
    public IterationCounts(CampaignPlan plan, Function<Part, PlannedLine> lines) {
        for (PlannedScenario scenario : plan.scenarios()) {
            Map<String, PlannedLine> planned = new LinkedHashMap<>();
            scenario.active().forEach(part -> planned.put(part.host(), lines.apply(part)));
            Map<String, Integer> needed = Padding.iterations(
                    planned,
                    scenario.parts().stream()
                            .filter(part -> part.role() == LoadRole.MEASURED)
                            .map(Part::host)
                            .collect(Collectors.toSet()));
            for (Part part : scenario.active()) {
                counts.merge(Line.of(part), needed.getOrDefault(part.host(), 1), Math::max);
            }
        }
    }

    /** Iterations of each host that runs something in a scenario. */
    public Map<String, Integer> of(PlannedScenario scenario) {
        return scenario.active().stream()
                .collect(Collectors.toMap(Part::host, part -> counts.getOrDefault(Line.of(part), 1)));
    }
}
