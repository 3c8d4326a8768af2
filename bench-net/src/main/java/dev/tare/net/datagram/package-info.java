/** Datagrams over UDP: their tickets, their numbers and times, and what a receiver makes of them. */
@NullMarked
package dev.tare.net.datagram;

import org.jspecify.annotations.NullMarked;
