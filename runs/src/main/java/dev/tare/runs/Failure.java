package dev.tare.runs;

/**
 * A fork that yielded no result.
 *
 * @param configuration what it was to measure
 * @param round the round in which it failed, from 1
 * @param message what went wrong
 */
public record Failure(Configuration configuration, int round, String message) {}
