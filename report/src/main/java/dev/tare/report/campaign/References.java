package dev.tare.report.campaign;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.rounds.RoundNoise;
import dev.tare.report.rounds.Series;
import dev.tare.runs.campaign.CampaignHeader;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.HostRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts are held against: what they have alone, and what the native machine has. */
final class References {
    private final CampaignHeader header;
    private final RoundRates rates;
    private final List<MeasuredGroup> alone;
    private final Map<String, Optional<Interval>> noise = new HashMap<>();

    References(CampaignHeader header, RoundRates rates) {
        this.header = header;
        this.rates = rates;
        alone = MeasuredGroup.of(header.scenarios()).stream()
                .filter(MeasuredGroup::isAlone)
                .toList();
    }

    /** What a host has with nobody else; empty when that was not measured. */
    Series alone(String host, String workload) {
        return Series.ofOccurrences(aloneOccurrences(host, workload));
    }

    /** The same, each occurrence in a round a series of its own. */
    List<Series> aloneOccurrences(String host, String workload) {
        return alone.stream()
                .filter(group ->
                        group.workload().equals(workload) && group.hosts().contains(host))
                .map(group -> rates.occurrences(group.scenario().name(), host))
                .findFirst()
                .orElse(List.of());
    }

    /** What the native host has alone: of several that of the guest's own machine. Empty for a native host itself. */
    Series nativeOf(String host, String workload) {
        Optional<CampaignHost> guest = header.host(host);
        List<CampaignHost> natives = header.hosts().stream()
                .filter(one -> one.role() == HostRole.NATIVE)
                .filter(one -> !alone(one.name(), workload).isEmpty())
                .toList();
        if (natives.isEmpty()
                || guest.filter(one -> one.role() == HostRole.NATIVE).isPresent()) {
            return Series.ofOccurrences(List.of());
        }
        CampaignHost nearest = natives.stream()
                .filter(one -> one.machine().isPresent() && one.machine().equals(guest.flatMap(CampaignHost::machine)))
                .findFirst()
                .orElse(natives.get(0));
        return alone(nearest.name(), workload);
    }

    /** What one keeps of another; empty when either was not measured. */
    static Optional<Efficiency> kept(Series series, Series reference) {
        return series.isEmpty() || reference.isEmpty() ? Optional.empty() : Optional.of(series.against(reference));
    }

    /**
     * The ratios around 1 that may be chance with some work, whoever does it; empty when nobody did it twice in a round with
     * nobody else at work.
     */
    Optional<Interval> noise(String workload) {
        return noise.computeIfAbsent(workload, this::repeated);
    }

    private Optional<Interval> repeated(String workload) {
        return RoundNoise.of(MeasuredGroup.of(header.scenarios()).stream()
                .filter(group -> group.workload().equals(workload) && !group.hasNeighbours())
                .flatMap(group -> group.hosts().stream()
                        .map(host -> rates.occurrences(group.scenario().name(), host)))
                .toList());
    }
}
