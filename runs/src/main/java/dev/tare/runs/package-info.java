/** Reads runs from disk: JMH's JSON, the journal and the environment of a run. */
@NullMarked
package dev.tare.runs;

import org.jspecify.annotations.NullMarked;
