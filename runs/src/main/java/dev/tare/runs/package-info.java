/** A run on disk, written and read: its journal, JMH's JSON, its environment, its folder and locks. */
@NullMarked
package dev.tare.runs;

import org.jspecify.annotations.NullMarked;
