/** What an iteration yields besides its score: values that are no rates, and response times. */
@NullMarked
package dev.tare.harness.results;

import org.jspecify.annotations.NullMarked;
