package dev.tare.report.campaign;

import dev.tare.report.rounds.Series;
import dev.tare.runs.Configuration;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each measured host of a campaign reached in each scenario, for who keeps it: the numbers that its report has. */
public final class CampaignRates {
    /**
     * A host in a scenario.
     *
     * @param scenario who else took part
     * @param host its name in the campaign
     * @param configuration what it measured
     * @param unit of its rates, such as {@code MB/s}; more is better
     * @param rates while its iterations counted, by round; empty where all rounds are void
     */
    public record HostRates(Scenario scenario, String host, Configuration configuration, String unit, Series rates) {}

    private CampaignRates() {}

    /** All of them, in the order of the plan; hosts that never ran their work are not among them. */
    public static List<HostRates> of(Campaign campaign) {
        RoundRates rates = new RoundRates(campaign);
        List<HostRates> all = new ArrayList<>();
        for (Scenario scenario : campaign.header().scenarios()) {
            for (Participant one : scenario.participants()) {
                if (one.role() == LoadRole.MEASURED) {
                    configuration(campaign, scenario.name(), one.host())
                            .ifPresent(ran -> all.add(new HostRates(
                                    scenario,
                                    one.host(),
                                    ran,
                                    rates.unit(one.workload()),
                                    rates.of(scenario.name(), one.host()))));
                }
            }
        }
        return all;
    }

    private static Optional<Configuration> configuration(Campaign campaign, String scenario, String host) {
        return campaign.attempts().stream()
                .filter(attempt -> attempt.slot().scenario().equals(scenario))
                .map(Attempt::participations)
                .flatMap(List::stream)
                .filter(one -> one.host().equals(host))
                .map(Participation::configuration)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
