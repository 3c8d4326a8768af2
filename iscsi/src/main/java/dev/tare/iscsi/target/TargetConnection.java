package dev.tare.iscsi.target;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.login.TargetLogin;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.PduReceiver;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.ProtocolViolation;
import dev.tare.iscsi.pdu.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One initiator's connection, from login to logout, in a thread of its own. */
final class TargetConnection implements Runnable, Closeable {
    private static final int TICK_MS = 1000;

    private final Wire wire;
    private final Disk disk;
    private final TargetOptions options;
    private final TargetServer server;
    private final int handle;

    TargetConnection(Wire wire, Disk disk, TargetOptions options, TargetServer server, int handle) {
        this.wire = wire;
        this.disk = disk;
        this.options = options;
        this.server = server;
        this.handle = handle;
    }

    @Override
    public void run() {
        try (Wire closing = wire) {
            PduStream stream = new PduStream(closing);
            TargetLogin.Outcome login =
                    TargetLogin.run(stream, options.name(), options.credentials(), handle, options.loginLimit());
            server.note(closing.peer() + ": " + login.initiator()
                    + (login.discovery() ? " asks for targets" : " logged in"));
            server.began(this, login);
            serve(stream, login);
            server.note(closing.peer() + ": logged out");
        } catch (IOException e) {
            server.note(wire.peer() + ": " + ConnectionLost.reason(e));
        } catch (RuntimeException e) {
            server.note(wire.peer() + ": dropped, because of a fault of this target: " + e);
        } finally {
            server.ended(this);
        }
    }

    private void serve(PduStream stream, TargetLogin.Outcome login) throws IOException {
        SessionParameters parameters = login.parameters();
        Replies replies = new Replies(
                wire,
                stream.sender(),
                parameters,
                login.commandNumber(),
                login.statusNumber(),
                options.idleLimit().toNanos());
        ControlRequests control = new ControlRequests(
                replies,
                parameters,
                options.name(),
                wire.localPortal(),
                login.discovery(),
                event -> server.note(wire.peer() + ": " + event));
        CommandServer commands = new CommandServer(
                disk, parameters, replies, control, ByteBuffer.allocateDirect(parameters.maxReceiveBytes()));
        PduReceiver receiver = stream.receiver();
        receiver.handTo(commands, parameters.maxReceiveBytes(), parameters.headerDigest(), parameters.dataDigest());
        receiver.resume();
        replies.flush();
        long heardNs = System.nanoTime();
        boolean asked = false;
        while (!control.isLoggedOut()) {
            if (receiver.receive()) {
                replies.flush();
                asked = false;
                heardNs = 0;
            } else if (!wire.await(false, TICK_MS)) {
                long nowNs = System.nanoTime();
                heardNs = heardNs == 0 ? nowNs : heardNs;
                asked = askIfSilent(replies, nowNs - heardNs, asked);
            }
        }
    }

    private boolean askIfSilent(Replies replies, long silentNs, boolean asked) throws IOException {
        long limitNs = options.idleLimit().toNanos();
        if (silentNs > 2 * limitNs) {
            throw ProtocolViolation.expected("an answer to our ping", "silence");
        }
        if (silentNs > limitNs && !asked) {
            replies.ping();
            replies.flush();
            return true;
        }
        return asked;
    }

    /** Ends the connection from another thread. */
    @Override
    public void close() throws IOException {
        wire.close();
    }
}
