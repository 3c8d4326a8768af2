/** What a machine is, as facts for people and for the record of a run. */
@NullMarked
package dev.tare.machine.inventory;

import org.jspecify.annotations.NullMarked;
