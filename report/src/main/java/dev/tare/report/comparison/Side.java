package dev.tare.report.comparison;

import dev.tare.runs.Measurement;

/**
 * A configuration's measurement in one of the runs.
 *
 * @param run the run's place among the compared runs, from 0
 * @param name the run's name
 */
record Side(int run, String name, Measurement measurement) {}
