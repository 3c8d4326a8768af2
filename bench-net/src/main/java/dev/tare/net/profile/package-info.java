/** What is no rate and therefore comes from a profiler: service demand, loss, jitter, processor time by kind. */
@NullMarked
package dev.tare.net.profile;

import org.jspecify.annotations.NullMarked;
