package dev.tare.iscsi.initiator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened besides I/O: counted, because a result must say it, and kept in words, the first ones. */
final class SessionEvents {
    private static final int MOST_KEPT = 16;

    private final List<String> messages = new ArrayList<>();
    private int reconnects;
    private int resets;
    private int pings;
    private boolean windowClosed;

    /** A connection was lost and opened again. */
    void reconnected() {
        reconnects++;
    }

    int reconnects() {
        return reconnects;
    }

    /** A unit attention after a reset came, and the command was sent again. */
    void reset() {
        resets++;
    }

    /** The target asked whether we are there, and was answered. */
    void pinged() {
        pings++;
    }

    int pings() {
        return pings;
    }

    /** A command had to wait because the target accepted no more of them. */
    void windowClosed() {
        windowClosed = true;
    }

    /** An asynchronous message or the like came. */
    void message(String words) {
        if (messages.size() < MOST_KEPT) {
            messages.add(words);
        }
    }

    /** As facts, in the order in which they are printed; empty when nothing happened that a result must say. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (reconnects > 0) {
            facts.put("iscsi-reconnects", Integer.toString(reconnects));
        }
        if (resets > 0) {
            facts.put("iscsi-unit-attentions", Integer.toString(resets));
        }
        if (windowClosed) {
            facts.put(
                    "iscsi-command-window",
                    "full at times: the target accepted fewer commands at once than were to be outstanding");
        }
        if (!messages.isEmpty()) {
            facts.put("iscsi-notices", String.join("; ", messages));
        }
        return facts;
    }
}
