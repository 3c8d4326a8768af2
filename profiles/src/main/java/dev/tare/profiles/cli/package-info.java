/** How the launcher ends, and how it says no. */
@NullMarked
package dev.tare.profiles.cli;

import org.jspecify.annotations.NullMarked;
