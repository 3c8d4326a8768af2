/** Named runs and the launcher. */
@NullMarked
package dev.tare.profiles;

import org.jspecify.annotations.NullMarked;
