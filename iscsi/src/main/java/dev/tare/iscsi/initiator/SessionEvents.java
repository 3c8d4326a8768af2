package dev.tare.iscsi.initiator;

import dev.tare.iscsi.scsi.Sense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened besides I/O: counted, because a result must say it, and kept in words, the first ones. */
final class SessionEvents {
    private static final int MOST_KEPT = 16;

    private final List<String> messages = new ArrayList<>();
    /** Commands that were sent again, by what the unit told. */
    private final Map<Sense, Integer> attentions = new LinkedHashMap<>();

    private int otherAttentions;
    private int reconnects;
    private int pings;
    private boolean windowClosed;

    /** A connection was lost and opened again. */
    void reconnected() {
        reconnects++;
    }

    int reconnects() {
        return reconnects;
    }

    /** The unit told news instead of doing a command, which was sent again. */
    void attention(Sense sense) {
        if (attentions.size() < MOST_KEPT || attentions.containsKey(sense)) {
            attentions.merge(sense, 1, Integer::sum);
        } else {
            otherAttentions++;
        }
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
        if (!attentions.isEmpty()) {
            List<String> words = new ArrayList<>();
            attentions.forEach((sense, times) -> words.add(times + " of " + sense.reason()));
            if (otherAttentions > 0) {
                words.add(otherAttentions + " of other kinds");
            }
            facts.put("iscsi-unit-attentions", String.join("; ", words));
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
