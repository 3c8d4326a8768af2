/** System calls of Linux, through the foreign-function API of JDK 22 and newer. */
@NullMarked
package dev.tare.machine.linux;

import org.jspecify.annotations.NullMarked;
