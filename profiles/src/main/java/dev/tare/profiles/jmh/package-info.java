/** JMH itself, as in any JMH jar, and the parts of it that runs are made of. */
@NullMarked
package dev.tare.profiles.jmh;

import org.jspecify.annotations.NullMarked;
