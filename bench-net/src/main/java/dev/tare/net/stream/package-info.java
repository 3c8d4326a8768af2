/** Streams of messages and datagrams: paced by the receiver's grants, numbered, counted and verified. */
@NullMarked
package dev.tare.net.stream;

import org.jspecify.annotations.NullMarked;
