package dev.tare.net;

/** What is no number: one line on standard output, which the launcher keeps with the result. */
final class Fact {
    private Fact() {}

    /** @param key in kebab case */
    static void print(String key, Object value) {
        System.out.println("# fact " + key + ": " + value);
    }
}
