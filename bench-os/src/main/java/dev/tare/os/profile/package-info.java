/** What is no rate and therefore comes from a profiler: how late timers are, and what the kernel counted meanwhile. */
@NullMarked
package dev.tare.os.profile;

import org.jspecify.annotations.NullMarked;
