package dev.tare.io.workload;

/** What a thread does to a device and how its response times are called in results. */
public enum Operation {
    READ("read"),
    WRITE("write"),
    DISCARD("discard"),
    FSYNC("fsync");

    private final String resultName;

    Operation(String resultName) {
        this.resultName = resultName;
    }

    /** What the names of its results begin with. */
    public String resultName() {
        return resultName;
    }
}
