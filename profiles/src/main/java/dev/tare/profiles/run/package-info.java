/** Rounds of forks, and the folder that keeps what they measured. */
@NullMarked
package dev.tare.profiles.run;

import org.jspecify.annotations.NullMarked;
