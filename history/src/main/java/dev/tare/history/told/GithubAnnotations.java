package dev.tare.history.told;

import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Workflow commands of GitHub Actions, which show them beside the run: an error for what became worse, a warning for gaps, a notice
 * for the rest. Format: GitHub's documentation, "Workflow commands for GitHub Actions".
 */
public final class GithubAnnotations {
    private GithubAnnotations() {}

    /** One line each; the last tells the whole. */
    public static List<String> of(HistoryCheck check) {
        List<String> lines = new ArrayList<>();
        for (ChangeFinding finding : check.news()) {
            lines.add(command(
                    finding.isRegression() ? "error" : "notice",
                    finding.series().stored().host() + " " + finding.verdict(),
                    String.join("\n", CheckText.of(finding))));
        }
        check.gaps().forEach(gap -> lines.add(command("warning", "gap", gap)));
        check.begunAnew().forEach(begun -> lines.add(command("notice", "begun anew", begun)));
        lines.add(command("notice", "tare history", CheckText.summary(check)));
        return lines;
    }

    private static String command(String level, String title, String message) {
        return "::" + level + " title=" + escaped(title).replace(":", "%3A").replace(",", "%2C") + "::"
                + escaped(message);
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
