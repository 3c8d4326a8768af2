/** The passive other end: serves many clients, accounts for each of them, and limits what one can take. */
@NullMarked
package dev.tare.net.peer;

import org.jspecify.annotations.NullMarked;
