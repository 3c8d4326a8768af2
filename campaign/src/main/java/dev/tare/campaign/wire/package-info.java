/** What management host and agents say to each other: one JSON object a line. */
@NullMarked
package dev.tare.campaign.wire;

import org.jspecify.annotations.NullMarked;
