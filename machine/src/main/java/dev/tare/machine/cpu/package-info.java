/** Processor time that a machine and a process have used. */
@NullMarked
package dev.tare.machine.cpu;

import org.jspecify.annotations.NullMarked;
