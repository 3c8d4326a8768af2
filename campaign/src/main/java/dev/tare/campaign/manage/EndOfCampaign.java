package dev.tare.campaign.manage;

/** Ctrl-C and {@code kill}: all channels are closed before this process ends, and their agents end with them. */
final class EndOfCampaign implements AutoCloseable {
    private final Thread hook;

    private EndOfCampaign(CampaignHosts hosts) {
        this.hook = new Thread(hosts::close, "tare-end-of-campaign");
    }

    static EndOfCampaign watch(CampaignHosts hosts) {
        EndOfCampaign end = new EndOfCampaign(hosts);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook does what it is there for.
            return;
        }
    }
}
