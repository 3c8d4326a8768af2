/** Profiles, lists of JMH command lines. */
@NullMarked
package dev.tare.profiles.profile;

import org.jspecify.annotations.NullMarked;
