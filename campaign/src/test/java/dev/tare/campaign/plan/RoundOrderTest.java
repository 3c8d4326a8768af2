package dev.tare.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoundOrderTest {
    private static final List<Scenario> SCENARIOS = scenarios();

    private static List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(new Scenario("idle", 2, List.of()));
        for (int i = 0; i < 8; i++) {
            scenarios.add(new Scenario("s" + i, 1, List.of()));
        }
        return scenarios;
    }

    @Test
    void everyRoundHoldsEverySlotOnceInAnOrderOfItsOwnThatItsSeedDecides() {
        Set<List<String>> orders = new HashSet<>();
        for (int round = 1; round <= 50; round++) {
            List<Slot> order = RoundOrder.of(SCENARIOS, round, 7);
            assertThat(order).hasSize(10).doesNotHaveDuplicates();
            assertThat(order).isEqualTo(RoundOrder.of(SCENARIOS, round, 7));
            orders.add(order.stream().map(Slot::scenario).toList());
        }
        assertThat(orders).hasSize(50);
        assertThat(RoundOrder.of(SCENARIOS, 1, 7)).isNotEqualTo(RoundOrder.of(SCENARIOS, 1, 8));
    }

    @Test
    void occurrencesOfABaselineAreSpreadOverTheRound() {
        for (int round = 1; round <= 200; round++) {
            List<Slot> order = RoundOrder.of(SCENARIOS, round, 1);
            int first = order.indexOf(new Slot(round, "idle", 1));
            int second = order.indexOf(new Slot(round, "idle", 2));
            assertThat(first).isLessThan(second);
        }
    }

    @Test
    void everyScenarioComesFirstAboutAsOftenAsTheOthers() {
        int[] firsts = new int[8];
        int rounds = 4000;
        for (int round = 1; round <= rounds; round++) {
            String first =
                    RoundOrder.of(SCENARIOS.subList(1, 9), round, 1).get(0).scenario();
            firsts[Integer.parseInt(first.substring(1))]++;
        }
        // 500 expected, standard deviation 21.
        assertThat(Arrays.stream(firsts)).allMatch(count -> count > 400 && count < 600);
    }
}
