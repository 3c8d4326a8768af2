/** Messages that flow one way over a TCP connection: paced by the receiver's grants, counted and verified. */
@NullMarked
package dev.tare.net.stream;

import org.jspecify.annotations.NullMarked;
