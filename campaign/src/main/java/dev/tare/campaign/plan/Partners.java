package dev.tare.campaign.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The passive other ends that lines name: {@code ${management}}, and {@code ${peer.vm2}} in another host. */
public final class Partners {
    /** The name of the one on the management host. */
    public static final String MANAGEMENT = "management";

    private static final Pattern NAMED = Pattern.compile("\\$\\{(?:peer\\.)?([^}]*)}");

    private Partners() {}

    /** Those that a line names. */
    public static Set<String> of(String line) {
        Set<String> names = new TreeSet<>();
        Matcher named = NAMED.matcher(line);
        while (named.find()) {
            names.add(named.group(1));
        }
        return names;
    }

    /** The line with addresses in place of names. */
    public static String addressed(String line, Map<String, String> addresses) {
        return NAMED.matcher(line)
                .replaceAll(named -> Matcher.quoteReplacement(addresses.getOrDefault(named.group(1), named.group())));
    }
}
