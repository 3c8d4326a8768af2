/** What this machine is and does. */
@NullMarked
package dev.tare.machine;

import org.jspecify.annotations.NullMarked;
