package dev.tare.clock.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TrialIT {
    @Test
    void everyBoundHoldsWhileTheCoresAreTwiceOverloaded() throws Exception {
        Situation overloaded = Situation.ALL.stream()
                .filter(situation -> situation.label().equals("overloaded-disciplined"))
                .findFirst()
                .orElseThrow();
        List<Row> rows = new Trial(overloaded, 1, 12).run();
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.intervals()).isNotEmpty();
            assertThat(row.violations()).isZero();
        });
        rows.forEach(row -> System.out.println(row.text()));
    }
}
