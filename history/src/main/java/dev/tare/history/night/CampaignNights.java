package dev.tare.history.night;

import dev.tare.report.campaign.CampaignRates;
import dev.tare.report.campaign.CampaignRates.HostRates;
import dev.tare.report.unit.Direction;
import dev.tare.runs.Environment;
import dev.tare.runs.Run;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Campaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A campaign as nights: what a host reaches beside others is a series of its own for each scenario, told by the labels {@code
 * campaign} and {@code scenario}. Its values are the rates of the campaign's report, of the iterations that counted, round by round.
 */
public final class CampaignNights {
    private static final String CAMPAIGN_LABEL = "campaign";
    private static final String SCENARIO_LABEL = "scenario";
    private static final String RATE = "rate";

    private CampaignNights() {}

    /**
     * Reads a campaign.
     *
     * @param path its folder
     * @param labels more labels; of the same name, these win
     * @return a night for each measured host in each scenario
     * @throws UnreadableRunException when it is broken or a later version wrote it
     */
    public static List<NightRun> read(Path path, Map<String, String> labels) throws UnreadableRunException {
        Campaign campaign = Campaign.read(path);
        Instant started;
        try {
            started = Instant.parse(campaign.header().started());
        } catch (DateTimeException e) {
            throw new UnreadableRunException(
                    path + ": expected an instant such as 2026-03-01T02:00:00Z as its start, got "
                            + campaign.header().started());
        }
        List<NightRun> nights = new ArrayList<>();
        for (HostRates rates : CampaignRates.of(campaign)) {
            SortedMap<String, String> all = new TreeMap<>();
            all.put(CAMPAIGN_LABEL, campaign.header().name());
            all.put(SCENARIO_LABEL, rates.scenario().name());
            all.putAll(labels);
            // The plan names its hosts.
            all.remove(NightRun.HOST_LABEL);
            Path host = campaign.folder().host(rates.host());
            nights.add(new NightRun(
                    NightRun.key(
                            campaign.header().started(),
                            campaign.header().name(),
                            rates.host(),
                            rates.scenario().name()),
                    host.toAbsolutePath().normalize().toString(),
                    rates.host(),
                    all,
                    started,
                    Files.isDirectory(host) ? Run.read(host).environment() : new Environment(Map.of()),
                    List.of(value(rates)),
                    campaign.warnings()));
        }
        return nights;
    }

    private static NightValue value(HostRates rates) {
        return new NightValue(
                rates.configuration(),
                RATE,
                rates.unit(),
                Direction.MORE_IS_BETTER,
                settings(rates),
                rates.rates().byRound(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    /** Who took part: a scenario of the same name with others is another one. */
    private static String settings(HostRates rates) {
        return rates.scenario().participants().stream()
                .map(one ->
                        (one.host() + " " + one.role().name().toLowerCase(Locale.ROOT) + " " + one.workload()).strip())
                .collect(Collectors.joining(", "));
    }
}
