/** Changes in a series of nights: where they are, and whether they can be believed. */
@NullMarked
package dev.tare.history.change;

import org.jspecify.annotations.NullMarked;
