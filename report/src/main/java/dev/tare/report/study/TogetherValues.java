package dev.tare.report.study;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Value;
import java.util.List;
import java.util.Optional;

/** The values of the one kind of guest that the study ran several of at once. */
final class TogetherValues {
    static final String SUM = "sum";
    static final String MEAN = "mean";
    static final List<String> GUESTS = List.of("vm1", "vm2", "vm3");
    static final int MOST_GUESTS = 3;
    private static final String CONFIGURATION = "32-pv-amdv";

    private final List<StudyValue> values;

    TogetherValues(List<StudyValue> all) {
        values = all.stream()
                .filter(value ->
                        value.system().equals("linux") && value.configuration().equals(CONFIGURATION))
                .toList();
    }

    Optional<StudyValue> find(String metric, int guests, String guest) {
        return values.stream()
                .filter(value -> value.metric().equals(metric)
                        && value.guests() == guests
                        && value.guest().equals(guest))
                .findFirst();
    }

    /** One that the study has. */
    StudyValue of(String metric, int guests, String guest) {
        return find(metric, guests, guest)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected " + metric + " of " + guest + " of " + counted(guests) + ", got nothing"));
    }

    /** What one guest alone has of each test, of which several were measured at once, too. */
    List<StudyValue> alone() {
        return values.stream()
                .filter(value -> value.guests() == 1)
                .filter(value -> find(value.metric(), 2, SUM).isPresent()
                        || find(value.metric(), 2, MEAN).isPresent())
                .toList();
    }

    List<StudyValue> alone(String subject) {
        return alone().stream().filter(value -> value.subject().equals(subject)).toList();
    }

    /** The same of one component. */
    List<StudyValue> aloneOf(String component) {
        return alone().stream()
                .filter(value -> value.component().equals(component))
                .toList();
    }

    List<String> subjects(String component) {
        return aloneOf(component).stream().map(StudyValue::subject).distinct().toList();
    }

    /** What each of several has in the mean. */
    Optional<Double> perGuest(String metric, int guests) {
        return find(metric, guests, MEAN)
                .map(StudyValue::number)
                .or(() -> find(metric, guests, SUM).map(sum -> sum.number() / guests));
    }

    /** What each of several has; what the study does not tell of a guest is absent. */
    List<StudyValue> each(String metric, int guests) {
        return GUESTS.stream()
                .flatMap(guest -> find(metric, guests, guest).stream())
                .toList();
    }

    /** Metrics of which sums over several guests were printed. */
    List<StudyValue> sums() {
        return values.stream().filter(value -> value.guest().equals(SUM)).toList();
    }

    Value printed(String metric, int guests, String guest) {
        return find(metric, guests, guest).map(TogetherValues::printed).orElse(Value.words(""));
    }

    /** A column for each of {@link #GUESTS}. */
    static List<Grid.Column> guestColumns(String unit) {
        return List.of(
                new Grid.Column("guest 1", unit, Tone.FIRST),
                new Grid.Column("guest 2", unit, Tone.SECOND),
                new Grid.Column("guest 3", unit, Tone.THIRD));
    }

    static Value printed(StudyValue value) {
        return Value.number(value.number(), value.text());
    }

    static String counted(int guests) {
        return guests == 1 ? "1 guest" : guests + " guests";
    }
}
