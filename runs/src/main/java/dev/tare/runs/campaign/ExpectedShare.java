package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.List;
import java.util.Optional;

/**
 * The part of what it has alone that a host can have at most beside others: the study's adjusted expectation.
 *
 * @param factor above 0, at most 1
 * @param source where it comes from, such as {@code 2 cores / 3 vCPUs of xen1}, or {@code declared}
 */
public record ExpectedShare(double factor, String source) {
    /** Refuses factors that are none. */
    public ExpectedShare {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("expected a factor above 0 and at most 1, got " + factor);
        }
    }

    /**
     * What its machine's cores leave to a host when all busy hosts there want theirs: min(1, cores / sum of their vCPUs).
     * Cores, because two hardware threads of one core do not give twice as much.
     *
     * @param host of whom it is asked
     * @param busy all hosts that run something at that time, itself among them
     * @return empty when the machine, its cores, or the vCPUs of one of its hosts are not known
     */
    public static Optional<ExpectedShare> ofCores(CampaignHost host, List<CampaignHost> busy) {
        if (host.machine().isEmpty() || host.machineCores().isEmpty()) {
            return Optional.empty();
        }
        int cores = host.machineCores().getAsInt();
        int vcpus = 0;
        for (CampaignHost other : busy) {
            if (other.machine().equals(host.machine())) {
                if (other.vcpus().isEmpty()) {
                    return Optional.empty();
                }
                vcpus += other.vcpus().getAsInt();
            }
        }
        if (cores == 0 || vcpus == 0) {
            return Optional.empty();
        }
        return Optional.of(new ExpectedShare(
                Math.min(1, (double) cores / vcpus),
                cores + " cores / " + vcpus + " vCPUs of " + host.machine().get()));
    }

    /** Reads what {@link #json} wrote. */
    static ExpectedShare read(JsonCursor share) throws UnreadableRunException {
        double factor = share.get("factor").number();
        if (!(factor > 0 && factor <= 1)) {
            throw share.get("factor").unexpected("a factor above 0 and at most 1");
        }
        return new ExpectedShare(factor, share.get("source").text());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("factor", factor).put("source", source);
    }
}
