/** What sockets give: throughput, round trips, datagrams and connections between this machine and a peer. */
@NullMarked
package dev.tare.net;

import org.jspecify.annotations.NullMarked;
