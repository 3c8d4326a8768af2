package dev.tare.clock.estimate;

import java.util.List;

/**
 * The line of least squares through the middles of exchanges: what the clock probably does, where the envelope says what
 * it can do.
 *
 * <p>The middle of an exchange is wrong by half the difference of its two ways; what an exchange took longer than the
 * quickest one is a measure of that, so its weight falls with the square of it.
 *
 * @param offset server time at the reference instant, relative to the reference
 */
record LeastSquares(double offset, double rate) {
    private static final double FLOOR_SHARE = 0.125;
    private static final double FLOOR_NS = 200;

    /**
     * Fits to at least one exchange.
     *
     * @param fallbackRate the rate when the exchanges are too close to show one
     */
    static LeastSquares fit(List<NtpExchange> exchanges, long localRefNs, long serverRefNs, double fallbackRate) {
        long quickestNs =
                exchanges.stream().mapToLong(NtpExchange::delayNs).min().orElseThrow();
        double floorNs = Math.max(FLOOR_NS, FLOOR_SHARE * quickestNs);
        double sumW = 0;
        double sumX = 0;
        double sumY = 0;
        double[] weights = new double[exchanges.size()];
        for (int i = 0; i < weights.length; i++) {
            NtpExchange e = exchanges.get(i);
            double excessNs = e.delayNs() - quickestNs;
            weights[i] = 1 / (floorNs * floorNs + excessNs * excessNs);
            sumW += weights[i];
            sumX += weights[i] * middleX(e, localRefNs);
            sumY += weights[i] * middleY(e, serverRefNs);
        }
        double meanX = sumX / sumW;
        double meanY = sumY / sumW;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = middleX(exchanges.get(i), localRefNs) - meanX;
            sumXx += weights[i] * x * x;
            sumXy += weights[i] * x * (middleY(exchanges.get(i), serverRefNs) - meanY);
        }
        double rate = sumXx > 0 ? sumXy / sumXx : fallbackRate;
        return new LeastSquares(meanY - rate * meanX, rate);
    }

    private static double middleX(NtpExchange e, long localRefNs) {
        return 0.5 * ((e.sentNs() - localRefNs) + (e.arrivedNs() - localRefNs));
    }

    private static double middleY(NtpExchange e, long serverRefNs) {
        return 0.5 * ((e.serverReceivedNs() - serverRefNs) + (e.serverSentNs() - serverRefNs));
    }
}
