package dev.tare.machine.cpu;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Processor seconds of a whole machine since its start, summed over its processors, in Linux's kinds.
 *
 * @param userS programs, those with low priority included
 * @param systemS the kernel on behalf of programs
 * @param interruptS hard interrupts
 * @param softInterruptS soft interrupts, where the kernel does most of its network work
 * @param stealS a processor wanted to run and the hypervisor ran somebody else
 */
public record MachineTimes(double userS, double systemS, double interruptS, double softInterruptS, double stealS) {
    /** Work of any kind; steal is no work. */
    public double busyS() {
        return userS + systemS + interruptS + softInterruptS;
    }

    MachineTimes minus(MachineTimes earlier) {
        return new MachineTimes(
                userS - earlier.userS,
                systemS - earlier.systemS,
                interruptS - earlier.interruptS,
                softInterruptS - earlier.softInterruptS,
                stealS - earlier.stealS);
    }

    void write(DataOutput output) throws IOException {
        output.writeDouble(userS);
        output.writeDouble(systemS);
        output.writeDouble(interruptS);
        output.writeDouble(softInterruptS);
        output.writeDouble(stealS);
    }

    static MachineTimes read(DataInput input) throws IOException {
        return new MachineTimes(
                input.readDouble(), input.readDouble(), input.readDouble(), input.readDouble(), input.readDouble());
    }
}
