/** What files, devices and LUNs give. */
@NullMarked
package dev.tare.io;

import org.jspecify.annotations.NullMarked;
