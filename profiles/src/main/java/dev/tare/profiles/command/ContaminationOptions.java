package dev.tare.profiles.command;

import dev.tare.profiles.cli.CommandException;
import picocli.CommandLine.Option;

/** When others disturb an iteration too much, and what is done about it. */
final class ContaminationOptions {
    @Option(
            names = "--max-steal",
            paramLabel = "PERCENT",
            description = "Steal or throttling beyond which an iteration is contaminated (default: ${DEFAULT-VALUE}).")
    private double maxSteal = 1;

    @Option(
            names = "--max-foreign",
            paramLabel = "PERCENT",
            description =
                    "CPU time of other processes beyond which an iteration is contaminated (default: ${DEFAULT-VALUE}).")
    private double maxForeign = 5;

    @Option(
            names = "--retry-contaminated",
            paramLabel = "N",
            description = "Measure a fork with contaminated iterations again, up to N times; the cleanest counts.")
    private int retries;

    double maxStealPercent() {
        return percent("--max-steal", maxSteal);
    }

    double maxForeignPercent() {
        return percent("--max-foreign", maxForeign);
    }

    int retries() {
        if (retries < 0) {
            throw CommandException.usage("--retry-contaminated: expected a whole number from 0, got " + retries);
        }
        return retries;
    }

    private static double percent(String option, double given) {
        if (!(given >= 0 && given <= 100_000)) {
            throw CommandException.usage(option + ": expected per cent from 0, got " + given);
        }
        return given;
    }
}
