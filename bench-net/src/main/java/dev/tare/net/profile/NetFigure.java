package dev.tare.net.profile;

/**
 * A figure of one iteration that is no rate.
 *
 * @param name ends with its unit
 * @param unit as people write it
 */
public record NetFigure(String name, double value, String unit) {}
