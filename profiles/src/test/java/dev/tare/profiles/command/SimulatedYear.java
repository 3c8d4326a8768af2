package dev.tare.profiles.command;

import dev.tare.runs.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds a year of two hosts and their three guests night by night, prints what {@code history check} says whenever it says
 * something else than the night before, and accepts it: {@code SimulatedYear FOLDER}, which must be empty. The pages are then in
 * FOLDER/site.
 *
 * <p>What happens: from night 120 on {@code kvm1} loses 4 %; from night 230 on {@code metal2} has another kernel, and it and
 * its guest lose 6 %; {@code xen1} has ten times the noise of the others; in nights 300 to 304 {@code metal1} measures nothing.
 */
final class SimulatedYear {
    private static final int NIGHTS = 365;
    private static final int STEP_AT = 120;
    private static final int HOST_CHANGES_AT = 230;
    private static final int SILENT_FROM = 300;
    private static final int SILENT_TO = 305;
    private static final double NOISE = 0.005;
    private static final double LOUD = 0.05;

    private static final List<Configuration> CONFIGURATIONS = List.of(
            new Configuration("dev.tare.cpu.LuSolveBench.blocked", "thrpt", 1, new TreeMap<>(Map.of("order", "500"))),
            new Configuration(
                    "dev.tare.mem.StreamBench.triad", "thrpt", 1, new TreeMap<>(Map.of("arrayBytes", "67108864"))));

    private final Path folder;
    private String saidBefore = "";

    private SimulatedYear(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        new SimulatedYear(Path.of(arguments[0])).run();
    }

    private void run() throws IOException {
        for (int night = 0; night < NIGHTS; night++) {
            boolean changed = night >= HOST_CHANGES_AT;
            String kernel = changed ? "6.12.0" : "6.1.0";
            if (night < SILENT_FROM || night >= SILENT_TO) {
                add("metal1", night, "native", "6.1.0", "1", NOISE, 100);
            }
            add("metal2", night, "native", kernel, "2", NOISE, changed ? 94 : 100);
            add("kvm1", night, "guest", "6.1.0", "1", NOISE, night < STEP_AT ? 92 : 92 * 0.96);
            add("xen1", night, "guest", "6.1.0", "1", LOUD, 88);
            add("kvm2", night, "guest", "6.1.0", "2", NOISE, changed ? 91 * 0.94 : 91);
            tell(night);
        }
        System.out.print(history("html", "--out", folder.resolve("site").toString()));
    }

    private void add(String host, int night, String platform, String kernel, String rack, double noise, double level)
            throws IOException {
        Map<Configuration, Double> levels = new LinkedHashMap<>();
        CONFIGURATIONS.forEach(configuration -> levels.put(configuration, level));
        Path run = folder.resolve("nights").resolve(host + "-" + night);
        new GeneratedNight(host, night, platform, kernel, Map.of("rack", rack), noise).write(run, levels);
        history("add", run.toString());
    }

    /** Says what is new, and takes it as known: so does a team that looks each morning. */
    private void tell(int night) {
        String said = history("check", "--fail-on", "regression");
        String untilWhen = said.replaceAll(", while other hosts have theirs of \\S+", "");
        if (!untilWhen.equals(saidBefore)) {
            System.out.println("--- night " + night);
            System.out.print(said);
        }
        saidBefore = untilWhen;
        if (said.contains("since")) {
            history("accept", ".", "--because", "told in night " + night);
        }
    }

    private String history(String... arguments) {
        List<String> command = new ArrayList<>(List.of("history"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--store", folder.resolve("history.db").toString()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(output, true, StandardCharsets.UTF_8);
        int exit = new Launcher(console, console).run(command);
        return output.toString(StandardCharsets.UTF_8) + (exit == 0 ? "" : "exit code " + exit + "\n");
    }
}
