/** What transactions cost and how long they take: secondary results that are no rates. */
@NullMarked
package dev.tare.app.profile;

import org.jspecify.annotations.NullMarked;
