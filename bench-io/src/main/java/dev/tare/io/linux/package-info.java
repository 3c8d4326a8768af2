/** The kernel's own I/O interface, called from Java on JDK 22 and newer: system calls, pages and the io_uring. */
@NullMarked
package dev.tare.io.linux;

import org.jspecify.annotations.NullMarked;
