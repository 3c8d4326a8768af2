/** Statistics of what is measured in rounds at the same time on several hosts: the round is the sample. */
@NullMarked
package dev.tare.report.rounds;

import org.jspecify.annotations.NullMarked;
