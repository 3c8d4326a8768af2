package dev.tare.report.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One printed value of the study.
 *
 * @param component {@code cpu}, {@code mem}, {@code net} or {@code io}
 * @param system the guest's operating system
 * @param configuration word size and kind of guest: {@code 32-pv-amdv}
 * @param guests how many guests ran at once
 * @param guest which one; {@code sum} or {@code mean} of several, {@code all} for one
 * @param metric what was measured
 * @param unit of the value
 * @param text the value as it was printed
 * @param lessIsBetter whether it is a time or a load
 */
record StudyValue(
        String component,
        String system,
        String configuration,
        int guests,
        String guest,
        String metric,
        String unit,
        String text,
        boolean lessIsBetter) {
    static final String NATIVE = "native";
    private static final String LOAD = "-cpu";
    private static final String RESOURCE = "xen-2010.csv";
    private static final Map<String, String> WORDS = Map.of(
            "seq",
            "sequential",
            "rand",
            "random",
            "l1",
            "L1",
            "l2",
            "L2",
            "ram",
            "RAM",
            "linpack",
            "LINPACK",
            "vm",
            "guest",
            "cpu",
            "CPU",
            "net",
            "network");

    /** All values, in the order of the study. */
    static List<StudyValue> all() {
        try (InputStream in = Objects.requireNonNull(
                StudyValue.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing beside StudyValue")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(StudyValue::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + " beside StudyValue", e);
        }
    }

    private static StudyValue parse(String line) {
        String[] field = line.split(",", -1);
        return new StudyValue(
                field[0],
                field[1],
                field[2],
                Integer.parseInt(field[3]),
                field[4],
                field[5],
                field[6],
                field[7],
                field[8].equals("lower"));
    }

    double number() {
        return Double.parseDouble(text);
    }

    /** 32 or 64. */
    String bits() {
        return configuration.substring(0, 2);
    }

    /** {@code native}, {@code pv}, {@code hvm-pvdrivers}, ... */
    String kind() {
        return configuration.substring(3);
    }

    /** Whether it is the processor's load during a test, whose metric it has with {@link #LOAD} behind it. */
    boolean isLoad() {
        return unit.equals("%");
    }

    /** What it tests, in words: of a load, what made it. */
    String test() {
        return readable(isLoad() ? metric.substring(0, metric.length() - LOAD.length()) : metric);
    }

    /** What tests that are drawn together have in common: {@code linpack}, {@code l1}, {@code net}, {@code disk-rand}. */
    String subject() {
        String[] parts = metric.split("-", -1);
        return parts[0].equals("disk") ? parts[0] + "-" + parts[1] : parts[0];
    }

    /** The component and the subject in words: {@code Disk, random}. */
    String readableSubject() {
        String subject = readable(subject());
        return readableComponent(component) + (subject.isEmpty() ? "" : ", " + subject);
    }

    /** What it keeps of a reference, 1 being all. */
    double keeps(StudyValue reference) {
        return lessIsBetter ? reference.number() / number() : number() / reference.number();
    }

    /** The metric in words, without the component: {@code random write}. */
    static String readable(String metric) {
        StringBuilder words = new StringBuilder();
        for (String part : metric.split("-", -1)) {
            if (!List.of("disk", "net").contains(part) || words.length() > 0) {
                words.append(words.length() == 0 ? "" : " ").append(WORDS.getOrDefault(part, part));
            }
        }
        return words.toString();
    }

    static String readableComponent(String component) {
        return switch (component) {
            case "cpu" -> "CPU";
            case "mem" -> "Memory";
            case "net" -> "Network";
            default -> "Disk";
        };
    }

    static String readableSystem(String system) {
        return system.substring(0, 1).toUpperCase(Locale.ROOT) + system.substring(1);
    }
}
