/** The launcher's commands. */
@NullMarked
package dev.tare.profiles.command;

import org.jspecify.annotations.NullMarked;
