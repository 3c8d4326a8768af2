package dev.tare.history.store;

import java.time.Instant;

/**
 * A change that people know.
 *
 * @param seriesId the series
 * @param kind what of the series: its value or its efficiency
 * @param at the start of the first night after the change
 * @param because why it is all right
 */
public record AcceptedChange(long seriesId, String kind, Instant at, String because) {}
