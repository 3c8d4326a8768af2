package dev.tare.report.unit;

/**
 * A number as JMH reports it.
 *
 * @param value the score; NaN and infinities are kept, so that whoever prints it can say so
 * @param unit JMH's unit, such as {@code ops/s}, {@code us/op}, or whatever a profiler named
 */
public record Score(double value, String unit) {}
