package dev.tare.harness;

import java.io.EOFException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * What an exception says, also where it carries no message, as several of the JDK's networking do, or where its message is
 * the name of a file alone.
 */
public final class Reasons {
    private Reasons() {}

    /** Its message, or in words what its kind means. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return message + ": " + wordsOf(failure);
        }
        if (message != null && !message.isBlank()) {
            return message;
        }
        if (failure instanceof PortUnreachableException) {
            return "word that nothing listens on that port (ICMP port unreachable)";
        }
        if (failure instanceof EOFException) {
            return "the end of the connection, closed by the other end";
        }
        if (failure instanceof ClosedChannelException) {
            return "a connection that this end had closed";
        }
        return wordsOf(failure);
    }

    /** SocketTimeoutException: socket timeout. */
    private static String wordsOf(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("Exception$|Error$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
