package dev.tare.profiles.machine;

import dev.tare.clock.profile.AuditReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an audit found of the local clock, as facts. */
public final class ClockAuditFacts {
    private ClockAuditFacts() {}

    /** One fact for every figure, and the verdict. */
    public static Map<String, String> of(AuditReport audit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("server", audit.server().toString());
        facts.put("seconds", decimals(1, audit.seconds()));
        facts.put("ratePpm", decimals(3, audit.ratePpm()));
        facts.put("rateBoundPpm", decimals(3, audit.rateBoundPpm()));
        facts.put("disturbedSeconds", Integer.toString(audit.disturbedSeconds()));
        facts.put("largestStepUs", decimals(1, audit.largestStepUs()));
        facts.put("smallestVisibleStepUs", decimals(1, audit.smallestVisibleStepUs()));
        facts.put("granularityNs", Long.toString(audit.granularityNs()));
        facts.put("readNs", decimals(1, audit.readNs()));
        facts.put("requestsLost", Long.toString(audit.requestsLost()));
        facts.put("verdict", audit.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return facts;
    }

    private static String decimals(int count, double value) {
        return String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
