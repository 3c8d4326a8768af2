package dev.tare.os;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same pages, whose memory is given back before every walk, so that each is a page fault again. */
@State(Scope.Thread)
public class FreshPages extends MappedPages {
    /** Gives the memory back, outside of the measured time; JMH's two readings of the clock per walk are in it. */
    @Setup(Level.Invocation)
    public void giveBack() {
        pages().giveBack();
    }

    @Override
    int faultsOfWalk() {
        return COUNT;
    }
}
