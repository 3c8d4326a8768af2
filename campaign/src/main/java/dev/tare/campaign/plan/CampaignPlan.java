package dev.tare.campaign.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a campaign is to do, with the hosts put in.
 *
 * @param name what it is called
 * @param text as it was written
 * @param rounds how many
 * @param seed of the order within the rounds
 * @param repeats how often a void slot is tried again
 * @param readyLimitS how long hosts may take from the start of their JVMs until they are ready
 * @param scenarios what each round holds
 * @param leftOut scenarios for which the list has too few hosts, in sentences
 * @param before a shell command on the management host before everything
 * @param after one behind everything
 */
public record CampaignPlan(
        String name,
        String text,
        int rounds,
        long seed,
        int repeats,
        int readyLimitS,
        List<PlannedScenario> scenarios,
        List<String> leftOut,
        Optional<String> before,
        Optional<String> after) {
    /** Keeps copies. */
    public CampaignPlan {
        scenarios = List.copyOf(scenarios);
        leftOut = List.copyOf(leftOut);
    }

    /** The same with other numbers. */
    public CampaignPlan with(int otherRounds, long otherSeed) {
        return new CampaignPlan(
                name, text, otherRounds, otherSeed, repeats, readyLimitS, scenarios, leftOut, before, after);
    }

    /**
     * The same with a part of its scenarios: those that bear one of the names, and those whose workloads are all among them.
     *
     * @param names of scenarios or workloads
     */
    public CampaignPlan only(List<String> names) {
        return keeping(scenarios.stream()
                .filter(scenario -> names.contains(scenario.name())
                        || scenario.active().stream().allMatch(part -> names.contains(part.workload())))
                .toList());
    }

    /** The same with these scenarios. */
    public CampaignPlan keeping(List<PlannedScenario> kept) {
        return new CampaignPlan(name, text, rounds, seed, repeats, readyLimitS, kept, leftOut, before, after);
    }

    /** A scenario by its name. */
    public Optional<PlannedScenario> scenario(String scenario) {
        return scenarios.stream().filter(one -> one.name().equals(scenario)).findFirst();
    }
}
