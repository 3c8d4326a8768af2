/** Statistics: means of forks, their confidence intervals, and the efficiency of one side against the other. */
@NullMarked
package dev.tare.report.efficiency;

import org.jspecify.annotations.NullMarked;
