/** Who can take part, and how it is reached. */
@NullMarked
package dev.tare.campaign.hosts;

import org.jspecify.annotations.NullMarked;
