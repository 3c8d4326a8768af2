package dev.tare.io.pattern;

import dev.tare.harness.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long I/Os are: all of one size, or a mixture such as {@code 4k/60:64k/40}, which is fio's {@code bssplit} with every
 * percentage given.
 *
 * @param shares the sizes, each a multiple of {@link BlockContent#PAGE_BYTES}; percentages add up to 100
 */
public record BlockSizes(List<Share> shares) {
    private static final int ALL = 100;

    /**
     * One size of a mixture.
     *
     * @param bytes size
     * @param percent I/Os in a hundred that have it
     */
    public record Share(int bytes, int percent) {}

    /** Checks them. */
    public BlockSizes {
        shares = List.copyOf(shares);
        for (Share share : shares) {
            AccessSpec.requirePages("blockBytes", share.bytes());
        }
    }

    /** All of one size. */
    public static BlockSizes of(int bytes) {
        return new BlockSizes(List.of(new Share(bytes, ALL)));
    }

    /**
     * The meaning of the parameter {@code blockBytes}.
     *
     * @throws IllegalArgumentException when it has none
     */
    public static BlockSizes of(String blockBytes) {
        if (!blockBytes.contains("/") && !blockBytes.contains(":")) {
            return of(Parameters.bytes("blockBytes", blockBytes, BlockContent.PAGE_BYTES, Integer.MAX_VALUE));
        }
        List<Share> shares = new ArrayList<>();
        int percents = 0;
        for (String part : blockBytes.split(":", -1)) {
            String[] words = part.split("/", -1);
            OptionalLong bytes = words.length == 2 ? Parameters.size(words[0]) : OptionalLong.empty();
            if (bytes.isEmpty()
                    || bytes.getAsLong() < BlockContent.PAGE_BYTES
                    || bytes.getAsLong() > Integer.MAX_VALUE
                    || !words[1].matches("[1-9]\\d?|100")) {
                throw refusal(blockBytes);
            }
            shares.add(new Share((int) bytes.getAsLong(), Integer.parseInt(words[1])));
            percents += Integer.parseInt(words[1]);
        }
        if (percents != ALL) {
            throw refusal(blockBytes);
        }
        return new BlockSizes(shares);
    }

    private static IllegalArgumentException refusal(String got) {
        return Parameters.refusal(
                "blockBytes",
                "a size, or sizes from " + BlockContent.PAGE_BYTES
                        + " bytes on with percentages from 1 to 100 that add up to 100",
                got,
                "4k/60:64k/40",
                null);
    }

    /** The longest, which buffers must hold. */
    public int mostBytes() {
        return shares.stream().mapToInt(Share::bytes).max().orElseThrow();
    }

    /** The shortest. */
    public int leastBytes() {
        return shares.stream().mapToInt(Share::bytes).min().orElseThrow();
    }

    /** Whether all are multiples of so many bytes. */
    public boolean areMultiplesOf(int bytes) {
        return shares.stream().allMatch(share -> share.bytes() % bytes == 0);
    }

    /**
     * The size of an I/O.
     *
     * @param draw 0 to 99, evenly distributed
     */
    int at(int draw) {
        int below = draw;
        int index = 0;
        while (below >= shares.get(index).percent()) {
            below -= shares.get(index).percent();
            index++;
        }
        return shares.get(index).bytes();
    }
}
