/** Reads runs from disk: JMH's JSON, the journal and the environment of a run. */
@NullMarked
package dev.tare.report.results;

import org.jspecify.annotations.NullMarked;
