/** What a run will measure: configurations, forks, and how long they take. */
@NullMarked
package dev.tare.profiles.plan;

import org.jspecify.annotations.NullMarked;
