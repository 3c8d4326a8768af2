package dev.tare.report.study;

import dev.tare.report.chart.Tone;
import java.util.Arrays;
import java.util.List;

/** The kinds of guests that the study compared; hue is the family, lightness the variant. */
enum GuestKind {
    NATIVE("native", "native", "native", Tone.NATIVE),
    PV("pv", "paravirtual", "paravirtual", Tone.FIRST),
    PV_AMDV("pv-amdv", "paravirtual, AMD-V on", "paravirtual", Tone.THIRD),
    HVM("hvm", "fully virtual", "fully virtual", Tone.SECOND),
    HVM_PVDRIVERS("hvm-pvdrivers", "fully virtual, PV drivers", "with PV drivers", Tone.FOURTH);

    private final String word;
    private final String readable;
    private final String family;
    private final Tone tone;

    GuestKind(String word, String readable, String family, Tone tone) {
        this.word = word;
        this.readable = readable;
        this.family = family;
        this.tone = tone;
    }

    static GuestKind of(StudyValue value) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(value.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected a kind of guest, got " + value));
    }

    /** Those that some values have, in this order. */
    static List<GuestKind> among(List<StudyValue> values) {
        return Arrays.stream(values())
                .filter(kind -> values.stream().anyMatch(value -> of(value) == kind))
                .toList();
    }

    String readable() {
        return readable;
    }

    String family() {
        return family;
    }

    Tone tone() {
        return tone;
    }
}
