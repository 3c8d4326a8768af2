/** What a socket is asked for beside its address: options of TCP and of the kernel, what was granted, and how TCP fares. */
@NullMarked
package dev.tare.net.socket;

import org.jspecify.annotations.NullMarked;
