package dev.tare.runs;

/**
 * A fork that yielded no result.
 *
 * @param configuration the journal's name of the configuration
 * @param round the round in which it failed, from 1
 * @param message what went wrong
 */
public record Failure(String configuration, int round, String message) {}
