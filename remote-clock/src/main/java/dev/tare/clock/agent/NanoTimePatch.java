package dev.tare.clock.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Points every call of {@code System.nanoTime()} in a class file to another class's static method of the same name.
 *
 * <p>All call sites of a class share one method reference of its constant pool, so no instruction changes: the pool gets
 * the name of the other class at its end, and the reference names it in place of {@code java/lang/System}. Layout after
 * the Java Virtual Machine Specification, section 4.4.
 */
final class NanoTimePatch {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int COUNT_OFFSET = 8;
    private static final int POOL_OFFSET = 10;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD_REFERENCE = 10;

    /** Position of each entry's tag, by index; 0 for the unused slots. */
    private final int[] offsets;

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int end;

    private NanoTimePatch(byte[] classFile) {
        bytes = classFile;
        buffer = ByteBuffer.wrap(classFile);
        if (buffer.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("class file: expected it to begin with CAFEBABE");
        }
        offsets = new int[unsigned(COUNT_OFFSET)];
        int offset = POOL_OFFSET;
        for (int index = 1; index < offsets.length; index++) {
            offsets[index] = offset;
            int tag = bytes[offset];
            offset += 1 + entryBytes(tag, offset);
            if (tag == LONG || tag == DOUBLE) {
                index++;
            }
        }
        end = offset;
    }

    /**
     * The class file with its calls pointed elsewhere, or empty when it makes none.
     *
     * @param target internal name of the class that has {@code static long nanoTime()}
     * @throws RuntimeException when the bytes are no class file
     */
    static Optional<byte[]> apply(byte[] classFile, String target) {
        NanoTimePatch pool = new NanoTimePatch(classFile);
        List<Integer> references = pool.nanoTimeReferences();
        return references.isEmpty() ? Optional.empty() : Optional.of(pool.pointedTo(target, references));
    }

    private List<Integer> nanoTimeReferences() {
        List<Integer> found = new ArrayList<>();
        for (int offset : offsets) {
            if (offset != 0 && bytes[offset] == METHOD_REFERENCE) {
                int nameAndType = offsets[unsigned(offset + 3)];
                if (text(offsets[unsigned(offset + 1)] + 1).equals("java/lang/System")
                        && text(nameAndType + 1).equals("nanoTime")
                        && text(nameAndType + 3).equals("()J")) {
                    found.add(offset);
                }
            }
        }
        return found;
    }

    private byte[] pointedTo(String target, List<Integer> references) {
        int nameIndex = offsets.length;
        int classIndex = nameIndex + 1;
        if (classIndex > 0xFFFE) {
            throw new IllegalArgumentException("class file: its constant pool is full");
        }
        byte[] patched = Arrays.copyOf(bytes, bytes.length);
        ByteBuffer out = ByteBuffer.wrap(patched);
        out.putShort(COUNT_OFFSET, (short) (classIndex + 1));
        references.forEach(offset -> out.putShort(offset + 1, (short) classIndex));
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + target.length() + 6);
        try (DataOutputStream data = new DataOutputStream(all)) {
            data.write(patched, 0, end);
            data.writeByte(UTF8);
            data.writeUTF(target);
            data.writeByte(CLASS);
            data.writeShort(nameIndex);
            data.write(patched, end, patched.length - end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    /** The UTF-8 entry whose index stands at a position. */
    private String text(int position) {
        int offset = offsets[unsigned(position)];
        return new String(bytes, offset + 3, unsigned(offset + 1), StandardCharsets.UTF_8);
    }

    private int unsigned(int position) {
        return Short.toUnsignedInt(buffer.getShort(position));
    }

    private int entryBytes(int tag, int offset) {
        return switch (tag) {
            case UTF8 -> 2 + unsigned(offset + 1);
            case 3, 4, 9, METHOD_REFERENCE, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            case CLASS, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IllegalArgumentException("class file: unknown tag " + tag + " in its constant pool");
        };
    }
}
