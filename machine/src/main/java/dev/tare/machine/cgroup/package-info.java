/** The control groups that limit what a process gets of its machine. */
@NullMarked
package dev.tare.machine.cgroup;

import org.jspecify.annotations.NullMarked;
