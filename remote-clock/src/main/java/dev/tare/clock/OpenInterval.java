package dev.tare.clock;

/** An interval that has begun; belongs to the clock that began it. */
public interface OpenInterval {}
