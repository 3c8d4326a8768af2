/** The measuring end: finds or starts the peer, opens sessions and notices when it falls silent. */
@NullMarked
package dev.tare.net.client;

import org.jspecify.annotations.NullMarked;
