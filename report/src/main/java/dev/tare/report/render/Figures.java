package dev.tare.report.render;

import dev.tare.report.comparison.Cell;
import dev.tare.report.comparison.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.Digits;
import dev.tare.report.unit.ReadableUnit;
import java.util.Optional;

/** The numbers of one row as people read them: one unit, four significant digits, percentages. */
final class Figures {
    private static final double PERCENT = 100;

    private final ReadableUnit unit;

    /**
     * @param row the row
     * @param baseline the run whose value chooses the unit of times
     */
    Figures(Row row, int baseline) {
        double example = row.cells().get(baseline).map(Cell::value).orElse(Double.NaN);
        unit = ReadableUnit.of(row.unit(), example);
    }

    String unit() {
        return unit.unit();
    }

    String value(Cell cell) {
        return Digits.significant(cell.value() * unit.factor());
    }

    /** Half the interval, with as many decimals as the value; a blank where there is no interval. */
    String error(Cell cell) {
        int decimals = Digits.decimals(cell.value() * unit.factor());
        return cell.forks()
                .interval()
                .map(interval -> Digits.fixed(interval.halfWidth() * unit.factor(), decimals))
                .orElse("");
    }

    static String percent(Efficiency efficiency) {
        return percent(efficiency.ratio());
    }

    static String interval(Efficiency efficiency) {
        Optional<Interval> interval = efficiency.interval();
        return interval.map(ends -> "[" + number(ends.low()) + ", " + number(ends.high()) + "]")
                .orElse("");
    }

    static String percent(double ratio) {
        return number(ratio) + " %";
    }

    /** Four digits at most: tenths of a per cent, hundredths below ten, whole ones from a thousand on. */
    private static String number(double ratio) {
        double percent = ratio * PERCENT;
        int decimals = percent < 10 ? 2 : percent < 1000 ? 1 : 0;
        return Digits.fixed(percent, decimals);
    }
}
