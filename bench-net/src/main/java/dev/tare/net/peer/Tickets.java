package dev.tare.net.peer;

import dev.tare.net.control.Nonce;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which stream a connection belongs to; every ticket is good for one connection. */
final class Tickets {
    private final ConcurrentMap<Nonce, PeerStream> issued = new ConcurrentHashMap<>();

    Nonce issue(PeerStream stream) {
        Nonce ticket = Nonce.random();
        issued.put(ticket, stream);
        return ticket;
    }

    Optional<PeerStream> redeem(Nonce ticket) {
        return Optional.ofNullable(issued.remove(ticket));
    }

    void withdraw(PeerStream stream) {
        issued.values().remove(stream);
    }
}
