/** Dense linear systems: how they are made, solved by LU decomposition, and checked. */
@NullMarked
package dev.tare.cpu.lu;

import org.jspecify.annotations.NullMarked;
