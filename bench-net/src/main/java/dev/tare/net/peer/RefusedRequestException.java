package dev.tare.net.peer;

/** A request that is well formed and cannot be met; the message goes to the client. */
final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedRequestException(String words) {
        super(words);
    }
}
