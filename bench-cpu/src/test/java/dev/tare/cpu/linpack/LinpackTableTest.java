package dev.tare.cpu.linpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LinpackTableTest {
    @Test
    void rowOfThe2010StudyIsPrintedAsItsProgramPrintedIt() {
        // 20 systems of order 500, 2 * 500^3 / 3 + 2 * 500^2 operations each, in 97.27 % of 5.35 s. For the same row
        // the
        // study's screenshot says 322313.356: its time was not rounded to hundredths.
        LinpackTable.Series half = LinpackTable.Series.ofRates(10, 10 / (5.35 / 2), 96.49, 0.78);
        assertThat(LinpackTable.render(1000, half, half)).isEqualTo("""
                Memory required:  7824K.

                LINPACK benchmark, Double precision.
                Machine precision:  15 digits.
                Array size 1000 X 1000.
                Average rolled and unrolled performance:

                    Reps Time(s) DGEFA   DGESL  OVERHEAD    KFLOPS
                ----------------------------------------------------
                      10   5.35  96.49%   0.78%   2.73%  322191.466
                """);
    }

    @Test
    void seriesThatWasCutShowsBothNumbersOfRepetitions() {
        LinpackTable.Series rolled = new LinpackTable.Series(7, 0.7, 0.1, 0.2);
        LinpackTable.Series unrolled = new LinpackTable.Series(10, 0.7, 0.1, 0.2);
        // 17 systems of order 5, 2 * 125 / 3 + 50 operations each, in 1.6 s.
        assertThat(LinpackTable.render(10, rolled, unrolled))
                .contains("    7+10   2.00  70.00%  10.00%  20.00%      1.417");
    }
}
