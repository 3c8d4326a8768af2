/** What sockets give. */
@NullMarked
package dev.tare.net;

import org.jspecify.annotations.NullMarked;
