/** Files and raw devices: how a target is opened safely, and how its I/Os are done from plain Java. */
@NullMarked
package dev.tare.io.file;

import org.jspecify.annotations.NullMarked;
