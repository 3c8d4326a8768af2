/** Processor time that a machine and a process have used. */
@NullMarked
package dev.tare.net.usage;

import org.jspecify.annotations.NullMarked;
