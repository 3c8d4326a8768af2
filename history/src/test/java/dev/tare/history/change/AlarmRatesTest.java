package dev.tare.history.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rates that docs/history.md promises, in a part of its series; {@link AlarmTable} takes all of them. */
final class AlarmRatesTest {
    private static final int SERIES = 40;
    /** Found at once, so that more of them take no longer. */
    private static final int STEPS = 100;

    private static final int NIGHTS = 75;

    @Test
    void seriesWithoutAChangeHardlyEverGiveAnAlarm() {
        assertThat(alarms(0)).as("independent noise").isLessThanOrEqualTo(SERIES * 5 / 100);
        assertThat(alarms(0.5)).as("AR(1) 0.5").isLessThanOrEqualTo(SERIES * 20 / 100);
    }

    @Test
    void aStepOfFivePerCentIsToldWithinTenNights() {
        long told = IntStream.range(0, STEPS)
                .mapToObj(i -> values(50_000 + i, 0, 0.95))
                .filter(values -> SimulatedSeries.nightsUntilTold(values, ChangeRule.DEFAULT, 45) > 0)
                .count();

        assertThat(told).isGreaterThanOrEqualTo(STEPS * 95 / 100);
    }

    private static int alarms(double autocorrelation) {
        return IntStream.range(0, SERIES)
                .map(i -> SimulatedSeries.told(values(1000 + i, autocorrelation, 1), ChangeRule.DEFAULT))
                .sum();
    }

    private static double[] values(long seed, double autocorrelation, double step) {
        double[] noise = SimulatedSeries.noise(seed, autocorrelation, NIGHTS);
        return IntStream.range(0, NIGHTS)
                .mapToDouble(i -> 100 * Math.exp(0.02 * noise[i]) * (i >= 45 ? step : 1))
                .toArray();
    }
}
