/** Puts runs side by side: what is the same configuration, what it keeps of the baseline, and what stands against it. */
@NullMarked
package dev.tare.report.comparison;

import org.jspecify.annotations.NullMarked;
