package dev.tare.campaign.manage;

/** Ctrl-C and {@code kill}: all channels are closed before this process ends, and their agents end with them. */
final class EndOfCampaign implements AutoCloseable {
    private final CampaignHosts hosts;
    private final Thread hook = new Thread(this::end, "tare-end-of-campaign");
    private volatile boolean requested;

    private EndOfCampaign(CampaignHosts hosts) {
        this.hosts = hosts;
    }

    static EndOfCampaign watch(CampaignHosts hosts) {
        EndOfCampaign end = new EndOfCampaign(hosts);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private void end() {
        requested = true;
        hosts.close();
    }

    /** Whether this process ends: what hosts have not measured now is no failure of theirs. */
    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            requested = true;
        }
    }
}
