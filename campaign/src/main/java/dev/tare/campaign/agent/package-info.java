/** The end of a channel on a host, which measures there and ends with its channel. */
@NullMarked
package dev.tare.campaign.agent;

import org.jspecify.annotations.NullMarked;
