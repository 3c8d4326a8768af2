package dev.tare.report.chart;

/**
 * What a drawing is called where it cannot be seen.
 *
 * @param id unique on the page; letters, digits and hyphens
 * @param title what it shows
 * @param description what is to be seen on it
 */
public record Caption(String id, String title, String description) {}
