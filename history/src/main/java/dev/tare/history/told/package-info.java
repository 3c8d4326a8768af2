/** What a check found, for people and for the programs that call it. */
@NullMarked
package dev.tare.history.told;

import org.jspecify.annotations.NullMarked;
