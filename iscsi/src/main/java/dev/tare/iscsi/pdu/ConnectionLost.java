package dev.tare.iscsi.pdu;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection under a session ended without a logout: closed, reset, or silent for too long. */
public final class ConnectionLost extends IOException {
    private static final long serialVersionUID = 1;

    public ConnectionLost(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What an exception of the network says, and what kind it is where it says nothing, as some of the JDK's do. */
    public static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
