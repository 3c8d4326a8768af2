/** A request and its response, over TCP and UDP. */
@NullMarked
package dev.tare.net.roundtrip;

import org.jspecify.annotations.NullMarked;
