package dev.tare.report.study;

import dev.tare.report.document.Document;
import dev.tare.report.document.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The study of Xen 3.3 that was published in 2010, all of its measured values: "Empirische Identifikation von Parametern mit
 * Einfluss auf die Effizienz von Virtualisierung - am Beispiel Xen" (LMU Munich), appendix A.
 */
public final class XenStudy {
    /** What the example is called. */
    public static final String NAME = "xen-2010";

    private static final int LEAST_ALIKE = 3;

    private XenStudy() {}

    /** The study as a report. */
    public static Document document() {
        List<StudyValue> values = StudyValue.all();
        List<Section> sections = new ArrayList<>(new SingleGuestFigures(values).figures());
        TogetherValues together = new TogetherValues(values);
        sections.addAll(new ManyGuestsFigures(together).figures());
        sections.addAll(new OtherLoadsFigures(together).figures());
        sections.add(new Section.Sentences("Warnings", "warning", warnings(values)));
        return new Document(
                "Xen 3.3 guests against bare metal",
                values.size() + " values of a study of 2010 (LMU Munich): AMD Athlon X2 4800+, 2 cores, 4 GiB, Gigabit"
                        + " Ethernet, a disk by iSCSI; 1 vCPU and 1 GiB for each guest. Measured then by LINPACK, RAMspeed"
                        + " and Iometer, not by Tare.",
                sections);
    }

    private static List<String> warnings(List<StudyValue> values) {
        List<String> sentences = new ArrayList<>(
                List.of(
                        "no intervals: each value was printed once, so differences of a few per cent cannot be told from noise"));
        sentences.addAll(alike(values));
        sentences.add("sequential write of 32-hvm, 10.61 MB/s, is far below all other guests: taken as it was printed");
        idle(values).ifPresent(sentences::add);
        sentences.add("LINPACK 2000 is the size of linpack.c's array, which solves a system of order 1000 inside it");
        return sentences;
    }

    /** Loads of nothing, which no transfer can cost. */
    private static Optional<String> idle(List<StudyValue> values) {
        String guests = values.stream()
                .filter(value -> value.isLoad() && value.number() == 0)
                .map(StudyValue::configuration)
                .distinct()
                .collect(Collectors.joining(" and "));
        return guests.isEmpty()
                ? Optional.empty()
                : Optional.of("the source prints a CPU load of 0 % for " + guests + ", which no transfer can cost");
    }

    /** Guests whose values of a component are the same, digit by digit. */
    private static List<String> alike(List<StudyValue> values) {
        Map<String, List<String>> byRow = new LinkedHashMap<>();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (StudyValue value : values) {
            if (value.guests() == 1 && value.guest().equals("all") && !value.isLoad()) {
                texts.computeIfAbsent(
                                StudyValue.readableComponent(value.component()) + " of "
                                        + StudyValue.readableSystem(value.system()) + "\t" + value.configuration(),
                                any -> new ArrayList<>())
                        .add(value.text());
            }
        }
        texts.forEach((name, row) -> {
            if (row.size() >= LEAST_ALIKE) {
                String[] parts = name.split("\t", -1);
                byRow.computeIfAbsent(parts[0] + "\t" + row, any -> new ArrayList<>())
                        .add(parts[1]);
            }
        });
        List<String> sentences = new ArrayList<>();
        byRow.forEach((row, names) -> {
            if (names.size() > 1) {
                sentences.add(row.split("\t", -1)[0] + ": all values of " + String.join(" and ", names)
                        + " are identical in the source; at least one is a copy");
            }
        });
        return sentences;
    }
}
