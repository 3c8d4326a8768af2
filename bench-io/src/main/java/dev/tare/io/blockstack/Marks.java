package dev.tare.io.blockstack;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.linux.DiskProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device carries, by the marks that are on it: asked of our own list, and of libblkid where its program is installed,
 * because either knows some that the other does not.
 *
 * @param found in words, each once; empty when no mark is known
 * @param askedOf who was asked, for the fact
 */
public record Marks(List<String> found, String askedOf) {
    /** Farther from both ends of a disk no mark is that libblkid knows. */
    private static final int END_BYTES = 4 << 20;

    private static final int COPIED_BYTES = 64 << 10;
    /** A file of ext4 cannot be much longer, not even one that is mostly a hole. */
    private static final long MOST_BYTES = 8L << 40;

    /** Of a device that this system has a node for. */
    public static Marks of(Path node, BlockDevice device) throws IOException {
        return with(Signature.found(device), DiskProgram.blkid(node));
    }

    /** Of a device without a node, of which libblkid gets a copy of both ends to see. */
    public static Marks of(BlockDevice device) throws IOException {
        List<String> ours = Signature.found(device);
        if (DiskProgram.BLKID.isEmpty()
                || device.sizeBytes() < device.alignBytes()
                || device.sizeBytes() > MOST_BYTES) {
            return with(ours, Optional.empty());
        }
        Path copy = Files.createTempFile("tare-marks-", ".image");
        try {
            copyEnds(device, copy);
            return with(ours, DiskProgram.blkid(copy));
        } finally {
            Files.delete(copy);
        }
    }

    private static Marks with(List<String> ours, Optional<DiskProgram.Answer> libblkid) {
        List<String> found = new ArrayList<>(ours);
        libblkid.flatMap(DiskProgram.Answer::found).ifPresent(found::add);
        return new Marks(List.copyOf(found), libblkid.isPresent() ? "our list and libblkid" : "our list");
    }

    /** Everything between the ends is a hole in the copy. */
    private static void copyEnds(BlockDevice device, Path copy) throws IOException {
        long sizeBytes = device.sizeBytes();
        int blockBytes = (int) Math.min(Math.max(COPIED_BYTES, device.alignBytes()), sizeBytes);
        blockBytes -= blockBytes % device.alignBytes();
        try (FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE);
                BlockQueue queue = device.openQueue(1, blockBytes)) {
            long last = sizeBytes - blockBytes;
            for (long at = 0; at < last; at += blockBytes) {
                if (at < END_BYTES || at + END_BYTES >= sizeBytes) {
                    copy(queue, at, to);
                } else {
                    at = Math.max(at, (last - END_BYTES) / blockBytes * blockBytes);
                }
            }
            copy(queue, last, to);
        }
    }

    private static void copy(BlockQueue queue, long at, FileChannel to) throws IOException {
        queue.submitRead(0, at);
        queue.await();
        ByteBuffer block = queue.buffer(0).duplicate().clear();
        while (block.hasRemaining()) {
            to.write(block, at + block.position());
        }
    }

    /** As a fact. */
    public String words() {
        return (found.isEmpty() ? "none" : String.join(", ", found)) + ", by " + askedOf;
    }
}
