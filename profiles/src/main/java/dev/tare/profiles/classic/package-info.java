/** Results in the formats of the programs that the benchmarks come from. */
@NullMarked
package dev.tare.profiles.classic;

import org.jspecify.annotations.NullMarked;
