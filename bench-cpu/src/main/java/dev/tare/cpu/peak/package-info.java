/** What the core can do at most: multiply-adds in registers. */
@NullMarked
package dev.tare.cpu.peak;

import org.jspecify.annotations.NullMarked;
