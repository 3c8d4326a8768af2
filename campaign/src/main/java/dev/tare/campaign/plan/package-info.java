/** What is to run at the same time, how often, and in which order. */
@NullMarked
package dev.tare.campaign.plan;

import org.jspecify.annotations.NullMarked;
