/** The management host: channels, rendezvous, journal, and the end of everything. */
@NullMarked
package dev.tare.campaign.manage;

import org.jspecify.annotations.NullMarked;
