package dev.tare.history.store;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * One night of a series.
 *
 * @param runId the run that measured it
 * @param started when that began
 * @param settingsId the same for nights that were measured alike
 * @param value geometric mean of the forks that count; empty when none does
 * @param excluded why none does; empty when one does
 */
public record StoredPoint(long runId, Instant started, long settingsId, OptionalDouble value, String excluded) {}
