package dev.tare.campaign.manage;

import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Slot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Tells on the terminal what is measured now and what came of it; one line an attempt, so that it reads the same in a pipe. */
final class AttemptLines {
    private static final double NS_PER_MS = 1e6;

    private final PrintStream out;
    private final boolean verbose;

    /** @param verbose whether also what hosts say in between is told, each in a line of its own */
    AttemptLines(PrintStream out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    void said(String words) {
        if (verbose) {
            out.println("  " + words);
        }
    }

    void begun(Slot slot, int left, long leftMs) {
        out.printf(
                Locale.ROOT,
                verbose ? "[%d left, %s] %s%n" : "[%d left, %s] %s ... ",
                left,
                words(Duration.ofMillis(leftMs)),
                slot);
        out.flush();
    }

    private static String words(Duration left) {
        return left.toMinutes() > 0
                ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                : left.toSeconds() + " s";
    }

    void ended(Attempt attempt) {
        if (attempt.isVoid()) {
            out.println("VOID: " + attempt.voidReason().orElse(""));
            return;
        }
        String scores = attempt.participations().stream()
                .filter(one -> one.role() == LoadRole.MEASURED)
                .map(AttemptLines::score)
                .collect(Collectors.joining(", "));
        StringBuilder proof = new StringBuilder();
        proof.append(attempt.counted()).append(" of ").append(attempt.total()).append(" iterations count");
        attempt.startSpreadNs()
                .ifPresent(spread ->
                        proof.append(String.format(Locale.ROOT, ", start spread %.3f ms", spread / NS_PER_MS)));
        attempt.worstBoundNs()
                .ifPresent(
                        bound -> proof.append(String.format(Locale.ROOT, ", worst bound %.3f ms", bound / NS_PER_MS)));
        out.println(scores + "; " + proof);
    }

    private static String score(Participation host) {
        OptionalDouble mean = host.meanScore();
        return mean.isPresent()
                ? String.format(Locale.ROOT, "%s %.4g %s", host.host(), mean.getAsDouble(), host.unit())
                : host.host();
    }
}
