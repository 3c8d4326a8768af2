package dev.tare.runs;

/** Numbers of things in sentences. */
public final class Counted {
    private Counted() {}

    /** {@code 1 fork}, {@code 2 forks}: for nouns with a regular plural. */
    public static String of(int number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** The same for others. */
    public static String of(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
