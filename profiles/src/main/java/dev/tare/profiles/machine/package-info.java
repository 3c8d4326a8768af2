/** What this machine is. */
@NullMarked
package dev.tare.profiles.machine;

import org.jspecify.annotations.NullMarked;
