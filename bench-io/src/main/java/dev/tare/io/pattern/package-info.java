/** Where the I/Os of a benchmark go, and what the blocks contain. */
@NullMarked
package dev.tare.io.pattern;

import org.jspecify.annotations.NullMarked;
