package dev.tare.history.export;

import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.report.unit.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files for Apache Otava 0.8: a CSV for each set of series of a host that have the same nights, because an empty cell ends its
 * import, and {@code otava.yaml}, which names them as its tests.
 */
public final class OtavaFiles {
    private static final String TIME = "time";

    private OtavaFiles() {}

    /** Series of one host with the same nights. */
    private record Together(String host, List<Instant> nights) {}

    /**
     * Writes them, over files of the same names.
     *
     * @return the files, {@code otava.yaml} first
     */
    public static List<Path> write(Path folder, List<WatchedSeries> series) throws IOException {
        Map<Together, List<WatchedSeries>> groups = new LinkedHashMap<>();
        for (WatchedSeries one : series) {
            if (!one.nights().isEmpty()) {
                Together together = new Together(
                        one.stored().host(),
                        one.nights().stream().map(Night::started).toList());
                groups.computeIfAbsent(together, any -> new ArrayList<>()).add(one);
            }
        }
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        StringBuilder yaml = new StringBuilder("tests:\n");
        Map<String, Integer> ofHost = new LinkedHashMap<>();
        for (Map.Entry<Together, List<WatchedSeries>> group : groups.entrySet()) {
            String host = group.getKey().host().replaceAll("[^A-Za-z0-9._-]", "_");
            String name = host + "-" + ofHost.merge(host, 1, Integer::sum);
            Path csv = folder.resolve(name + ".csv");
            Files.writeString(csv, csv(group.getKey(), group.getValue()));
            files.add(csv);
            yaml.append(test(name, csv, group.getValue()));
        }
        Path configuration = folder.resolve("otava.yaml");
        Files.writeString(configuration, yaml);
        files.add(0, configuration);
        return files;
    }

    private static String csv(Together together, List<WatchedSeries> series) {
        List<String> header = new ArrayList<>(List.of(TIME));
        for (int column = 0; column < series.size(); column++) {
            header.add(column(column));
        }
        StringBuilder text = new StringBuilder(SeriesCsv.line(header.toArray(String[]::new)));
        for (int night = 0; night < together.nights().size(); night++) {
            List<String> cells =
                    new ArrayList<>(List.of(offset(together.nights().get(night))));
            for (WatchedSeries one : series) {
                cells.add(String.valueOf(one.nights().get(night).value()));
            }
            text.append(SeriesCsv.line(cells.toArray(String[]::new)));
        }
        return text.toString();
    }

    /** Otava wants an offset in digits. */
    private static String offset(Instant instant) {
        return instant.toString().replace("Z", "+00:00");
    }

    private static String column(int number) {
        return "m" + (number + 1);
    }

    private static String test(String name, Path csv, List<WatchedSeries> series) {
        StringBuilder yaml = new StringBuilder("  " + quoted(name) + ":\n    type: csv\n    file: "
                + quoted(csv.toAbsolutePath().normalize().toString()) + "\n    time_column: " + TIME
                + "\n    csv_options: {delimiter: \",\", quotechar: '\"'}\n    metrics:\n");
        for (int column = 0; column < series.size(); column++) {
            WatchedSeries one = series.get(column);
            yaml.append("      ")
                    .append(quoted(one.name()))
                    .append(":\n        column: ")
                    .append(column(column))
                    .append("\n        direction: ")
                    .append(one.better() == Direction.LESS_IS_BETTER ? -1 : 1)
                    .append("\n        scale: 1\n");
        }
        return yaml.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
