package dev.tare.report.comparison;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.ForkMeans;
import java.util.Optional;

/**
 * What one run says about one row.
 *
 * @param value the mean over the forks, or JMH's own score where it kept no value per fork
 * @param forks the value of each fork, in the row's unit
 * @param efficiency against the baseline; empty for the baseline itself, and where there is none
 */
public record Cell(double value, ForkMeans forks, Optional<Efficiency> efficiency) {}
