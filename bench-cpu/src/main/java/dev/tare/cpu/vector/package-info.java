/** What the processor's vectors can do, as this JVM uses them. */
@NullMarked
package dev.tare.cpu.vector;

import org.jspecify.annotations.NullMarked;
