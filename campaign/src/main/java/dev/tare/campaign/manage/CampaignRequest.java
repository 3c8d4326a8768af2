package dev.tare.campaign.manage;

import dev.tare.campaign.agent.HostWork;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a campaign is made with, whatever it measures.
 *
 * @param work this host's own: its version, plans and peers
 * @param jar this program's own jar
 * @param deploy whether the jar is copied to hosts that have another
 * @param temporary folder for what lives as long as this process
 * @param verbose whether also what hosts say during an attempt is told
 * @param out takes a line for every attempt
 */
public record CampaignRequest(
        HostWork work, Path jar, boolean deploy, Path temporary, boolean verbose, PrintStream out) {}
