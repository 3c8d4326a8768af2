package dev.tare.report.unit;

/** Which way a quantity improves; an efficiency exists only where one is known. */
public enum Direction {
    /** Rates: twice the value is twice as good. */
    MORE_IS_BETTER,
    /** Times: half the value is twice as good. */
    LESS_IS_BETTER,
    /** Context such as CPU use or clock drift: shown side by side, never turned into an efficiency. */
    NEITHER
}
