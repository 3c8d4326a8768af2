package dev.tare.iscsi.initiator;

import java.util.ArrayList;
import java.util.List;

/** What the target did besides answering: counted, because a result must say it, and kept in words, the first ones. */
public final class Notices {
    private static final int MOST_KEPT = 16;

    private final List<String> words = new ArrayList<>();
    private int resets;
    private int pings;
    private boolean windowClosed;

    /** Unit attentions after a reset, whose commands were sent again. */
    public int resets() {
        return resets;
    }

    /** Questions of the target whether we are there, which were answered. */
    public int pings() {
        return pings;
    }

    /** Asynchronous messages and the like, in words. */
    public List<String> words() {
        return words;
    }

    /** Whether a command had to wait because the target accepted no more of them. */
    public boolean isWindowClosed() {
        return windowClosed;
    }

    void windowClosed() {
        windowClosed = true;
    }

    void ping() {
        pings++;
    }

    void reset() {
        resets++;
    }

    void add(String notice) {
        if (words.size() < MOST_KEPT) {
            words.add(notice);
        }
    }
}
