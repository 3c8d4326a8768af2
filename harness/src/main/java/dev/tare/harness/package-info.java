/** What every benchmark shares on top of JMH. */
@NullMarked
package dev.tare.harness;

import org.jspecify.annotations.NullMarked;
