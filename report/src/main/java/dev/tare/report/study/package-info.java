/** A published study as an example of a report, and of how figures were shown before. */
@NullMarked
package dev.tare.report.study;

import org.jspecify.annotations.NullMarked;
