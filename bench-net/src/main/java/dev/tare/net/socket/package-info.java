/** Sockets: what they are asked for beside their address, what was granted, how fast they may send, how TCP fares, and VSOCK. */
@NullMarked
package dev.tare.net.socket;

import org.jspecify.annotations.NullMarked;
