/** The classic LINPACK program: its routines on columns, and the table that it prints. */
@NullMarked
package dev.tare.cpu.linpack;

import org.jspecify.annotations.NullMarked;
