package dev.tare.clock;

/**
 * Requests and what became of them.
 *
 * @param sent requests sent, or tried to be sent
 * @param answered valid replies, each to a request of its own
 * @param lost requests without any reply in time
 * @param rejected replies to a request that say the server's time is not to be used
 * @param kisses kiss-o'-death replies
 * @param strays packets that answer no open request: late, repeated, forged, of a wrong length
 */
public record ExchangeCounts(long sent, long answered, long lost, long rejected, long kisses, long strays) {
    /** Sum of two counts. */
    public ExchangeCounts plus(ExchangeCounts other) {
        return new ExchangeCounts(
                sent + other.sent,
                answered + other.answered,
                lost + other.lost,
                rejected + other.rejected,
                kisses + other.kisses,
                strays + other.strays);
    }

    /** Requests that brought no time, for whatever reason. */
    public long unanswered() {
        return lost + rejected + kisses;
    }
}
