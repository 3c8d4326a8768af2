/**
 * Charts as SVG: scales, ticks, axes and marks. Knows nothing of what it draws, needs no font metrics, and makes the same
 * bytes on every JVM. No script, no style: colours are attributes, with classes for a style sheet that knows dark paper.
 */
@NullMarked
package dev.tare.report.chart;

import org.jspecify.annotations.NullMarked;
