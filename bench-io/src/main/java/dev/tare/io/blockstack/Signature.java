package dev.tare.io.blockstack;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Marks by which partition tables, file systems and volume managers are known; a position below zero counts from the end.
 *
 * <p>Source: the on-disk formats as their documentation or kernel headers give them. The list errs on the side of
 * refusing. It is no copy of libblkid's: that is asked itself where it is installed, see {@link Marks}.
 */
final class Signature {
    private static final int[] PAGE_BYTES = {4096, 8192, 16_384, 32_768, 65_536};
    private static final long SECTOR_BYTES = 512;

    private static final List<Signature> KNOWN = known();

    private final String what;
    private final List<Part> parts;

    /** Bytes at a place. */
    private static final class Part {
        private final long position;
        private final byte[] bytes;

        Part(long position, byte[] bytes) {
            this.position = position;
            this.bytes = bytes;
        }
    }

    private Signature(String what, Part... parts) {
        this.what = what;
        this.parts = List.of(parts);
    }

    private static List<Signature> known() {
        List<Signature> all = new ArrayList<>();
        partitionTables(all);
        fileSystems(all);
        oldFileSystems(all);
        volumes(all);
        raids(all);
        swap(all);
        return List.copyOf(all);
    }

    private static void partitionTables(List<Signature> all) {
        hex(all, "a partition table (MBR)", "55aa", 510);
        text(all, "a partition table (GPT)", "EFI PART", 512, 4096);
        text(all, "a partition table (GPT, its copy at the end)", "EFI PART", -512, -4096);
        text(all, "a partition table (Apple)", "PM\0\0", 512);
        text(all, "a partition table (IBM DASD, label VOL1)", "VOL1", 8);
        hex(all, "a partition table (Sun)", "dabe", 508);
        hex(all, "a partition table (SGI)", "0be5a941", 0);
        hex(all, "a partition table (BSD)", "57455682", 0, 64, 512);
        hex(all, "a partition table (AIX)", "c9c2d4c1", 0);
        hex(all, "a partition table (Ultrix)", "57290300", 16_312);
        text(all, "a partition table (Windows dynamic disk)", "PRIVHEAD", 3072);
    }

    private static void fileSystems(List<Signature> all) {
        hex(all, "an ext2, ext3 or ext4 file system", "53ef", 1080);
        text(all, "an XFS file system", "XFSB", 0);
        hex(all, "the log of an XFS file system", "feedbabe", 0);
        text(all, "a Btrfs file system", "_BHRfS_M", 65_600);
        hex(all, "an F2FS file system", "1020f5f2", 1024);
        text(all, "an NTFS file system", "NTFS    ", 3);
        text(all, "a ReFS file system", "ReFS\0", 3);
        text(all, "an exFAT file system", "EXFAT   ", 3);
        text(all, "a FAT file system", "FAT1", 54);
        text(all, "a FAT file system", "FAT32", 82);
        text(all, "an ISO 9660 file system", "CD001", 32_769);
        text(all, "a UDF file system", "BEA01", 32_769);
        text(all, "a squashfs file system", "hsqs", 0);
        text(all, "a squashfs file system", "sqsh", 0);
        hex(all, "an EROFS file system", "e2e1f5e0", 1024);
        text(all, "a ReiserFS file system", "ReIsEr", 8244, 65_536, 65_588);
        text(all, "a JFS file system", "JFS1", 32_768);
        text(all, "an OCFS2 file system", "OCFSV2", 1024, 2048, 4096, 8192);
        text(all, "an OCFS file system", "OracleCFS", 8);
        hex(all, "a GFS or GFS2 file system", "01161970", 65_536);
        text(all, "an APFS container", "NXSB", 32);
        all.add(new Signature("an HFS+ file system", ofText(1024, "H+"), ofHex(1026, "0004")));
        all.add(new Signature("an HFS+ file system", ofText(1024, "HX"), ofHex(1026, "0005")));
        all.add(new Signature("an HFS file system", ofText(1024, "BD"), ofHex(1038, "0003")));
        all.add(new Signature("a NILFS2 file system", ofHex(1024, "02000000"), ofHex(1030, "3434")));
        hex(all, "a ZFS pool", "0cb1ba0000000000", 131_072, 135_168, 139_264);
        hex(all, "a ZFS pool", "0000000000bab10c", 131_072, 135_168, 139_264);
        hex(all, "a UBIFS file system", "31181006", 0);
        text(all, "a zonefs file system", "SFOZ", 0);
    }

    private static void oldFileSystems(List<Signature> all) {
        // The magic numbers of UFS, its variants and UFS2, in both byte orders, where the superblock can be.
        for (String magic : List.of("00011954", "19540119", "00195612", "00095014", "00612195", "05231994")) {
            for (int superblock : new int[] {0, 8192, 65_536, 262_144}) {
                hex(all, "a UFS file system", magic, superblock + 1372);
                hex(all, "a UFS file system", reversed(magic), superblock + 1372);
            }
        }
        hex(all, "a VxFS file system", "f5fc01a5", 1024);
        hex(all, "a VxFS file system", "a501fcf5", 8192);
        hex(all, "an HPFS file system", "49e895f9", 8192);
        hex(all, "a cramfs file system", "453dcd28", 0, 512);
        hex(all, "a cramfs file system", "28cd3d45", 0, 512);
        text(all, "a romfs file system", "-rom1fs-", 0);
        hex(all, "a BFS file system", "cefaad1b", 0);
        text(all, "a BeFS file system", "BFS1", 32, 544);
        text(all, "a BeFS file system", "1SFB", 32, 544);
        text(all, "a NetWare file system (NSS)", "SPB5", 4096);
        text(all, "an EXFS file system", "EXFS", 0);
        text(all, "an mpool", "mpoolDev", 0, 8);
        for (int block : new int[] {0, 9, 15, 18}) {
            hex(all, "a System V file system", "207e18fd", block * 1024 + 1016);
            hex(all, "a System V file system", "fd187e20", block * 1024 + 1016);
        }
        hex(all, "a Xenix file system", "44552b00", 2040, 2048);
        hex(all, "a Xenix file system", "002b5544", 2040, 2047);
        for (String magic : List.of("7f13", "8f13", "6824", "7824")) {
            all.add(new Signature("a Minix file system", ofHex(1034, "0000"), ofHex(1040, magic)));
            all.add(new Signature("a Minix file system", ofHex(1034, "0000"), ofHex(1040, reversed(magic))));
        }
        all.add(new Signature("a Minix file system", ofHex(1036, "0000"), ofHex(1048, "5a4d")));
        all.add(new Signature("a Minix file system", ofHex(1036, "0000"), ofHex(1048, "4d5a")));
    }

    private static void volumes(List<Signature> all) {
        hex(all, "a bcache device", "c68573f64e1a45ca8265f57f48ba6d81", 4120);
        hex(all, "a bcachefs device", "c68573f666ce90a9d96a60cf803df7ef", 4120);
        hex(all, "a VMFS volume", "0dd001c0", 1_048_576);
        hex(all, "a VMFS file system", "5ef1ab2f", 2_097_152);
        text(all, "an LVM volume", "LABELONE", 0, 512, 1024, 1536);
        all.add(new Signature("an LVM volume (version 1)", ofText(0, "HM"), ofHex(2, "0100")));
        all.add(new Signature("an LVM volume (version 1)", ofText(0, "HM"), ofHex(2, "0200")));
        text(all, "the store of a device-mapper snapshot", "SnAp", 0);
        text(all, "a device-mapper integrity volume", "integrt\0", 0);
        text(all, "the hashes of a device-mapper verity volume", "verity\0\0", 0);
        text(all, "an encrypted volume (LUKS)", "LUKS\u00ba\u00be", 0);
        // The second header of LUKS2 survives when the first is overwritten; it may be in any of these places.
        for (int at = 16_384; at <= 4_194_304; at *= 2) {
            text(all, "an encrypted volume (LUKS)", "SKUL\u00ba\u00be", at);
        }
        text(all, "an encrypted volume (BitLocker)", "-FVE-FS-", 3);
        text(all, "a disk of Oracle ASM", "ORCLDISK", 32);
        text(all, "a Ceph BlueStore disk", "bluestore block device", 0);
        text(all, "a Stratis pool", "!Stra0tis\u0086\u00ff\u0002^Arh", 516, 4612);
        text(all, "a VDO volume", "dmvdo001", 0);
        text(all, "a UBI volume", "UBI#", 0);
        text(all, "a DRBD control volume", "$DRBDMGR=q", 0);
        text(all, "the log of a DRBD proxy", "DRBDdlh*", 16);
        for (String magic : List.of("8374026b", "8374026c", "8374026d")) {
            hex(all, "a DRBD device", magic, 60 - 4096);
        }
    }

    private static void raids(List<Signature> all) {
        hex(all, "a member of a Linux RAID", "fc4e2ba9", 0, 4096);
        text(all, "a member of an Intel RAID", "Intel Raid ISM Cfg Sig.", -1024);
        hex(all, "a member of a DDF RAID", "de11de11", -512);
        text(all, "a member of an NVIDIA RAID", "NVIDIA", -1024);
        text(all, "a member of an LSI RAID", "$XIDE$", -512);
        hex(all, "a member of an Adaptec RAID", "37fc4d1e", -512);
        hex(all, "a member of a Silicon Image RAID", "0000002f", 0x60 - 512);
        text(all, "a member of a JMicron RAID", "JM", -512);
        hex(all, "a member of a VIA RAID", "55aa00", -512);
        hex(all, "a member of a VIA RAID", "55aa01", -512);
        hex(all, "a member of a HighPoint RAID", "f016785a", 4640);
        hex(all, "a member of a HighPoint RAID", "fd16785a", 4640);
        hex(all, "a member of a HighPoint RAID", "f316785a", -11 * SECTOR_BYTES);
        hex(all, "a member of a HighPoint RAID", "fd16785a", -11 * SECTOR_BYTES);
        for (int sector : new int[] {63, 255, 256, 16, 399, 591, 675, 735, 911, 974, 991, 951, 3087}) {
            text(all, "a member of a Promise RAID", "Promise Technology, Inc.", -sector * SECTOR_BYTES);
        }
    }

    /** Swap space, also with a hibernated system in it, in the last bytes of its first page, of whatever size that is. */
    private static void swap(List<Signature> all) {
        for (int page : PAGE_BYTES) {
            text(all, "swap space", "SWAPSPACE2", page - 10);
            text(all, "swap space", "SWAP-SPACE", page - 10);
            for (String image : List.of("S1SUSPEND\0", "S2SUSPEND\0", "ULSUSPEND\0", "LINHIB0001")) {
                text(all, "swap space with a hibernated system", image, page - 10);
            }
            hex(all, "swap space with a hibernated system", "edc302e99856e50c", page - 10);
        }
    }

    private static String reversed(String hex) {
        StringBuilder reversed = new StringBuilder();
        for (int at = hex.length() - 2; at >= 0; at -= 2) {
            reversed.append(hex, at, at + 2);
        }
        return reversed.toString();
    }

    /** What a device carries by its marks, each once; empty when none is known. It is only read. */
    static List<String> found(BlockDevice device) throws IOException {
        if (device.sizeBytes() < device.alignBytes()) {
            // No block can be read from it, none written, and no known mark be on it.
            return List.of();
        }
        try (BlockQueue queue = device.openQueue(1, device.alignBytes())) {
            return found(new Bytes(queue, device.sizeBytes()));
        }
    }

    private static List<String> found(Bytes bytes) throws IOException {
        List<String> found = new ArrayList<>();
        for (Signature signature : KNOWN) {
            if (!found.contains(signature.what) && signature.isOn(bytes)) {
                found.add(signature.what);
            }
        }
        // Linux RAID of version 0.90 lies in the last whole 64 KiB but one, of version 1.0 8 KiB before the end.
        long old = bytes.size / 65_536 * 65_536 - 65_536;
        long late = (bytes.size - 8192) / 4096 * 4096;
        for (long at : new long[] {old, late}) {
            Signature raid = new Signature("a member of a Linux RAID", ofHex(at, "fc4e2ba9"));
            if (at >= 0 && !found.contains(raid.what) && raid.isOn(bytes)) {
                found.add(raid.what);
            }
        }
        return found;
    }

    private boolean isOn(Bytes bytes) throws IOException {
        for (Part part : parts) {
            if (!bytes.areAt(part)) {
                return false;
            }
        }
        return true;
    }

    /** Single bytes of a device, of which a block is kept. */
    private static final class Bytes {
        private final BlockQueue queue;
        private final ByteBuffer block;
        private final long size;
        private long start = -1;

        Bytes(BlockQueue queue, long size) {
            this.queue = queue;
            this.block = queue.buffer(0);
            this.size = size;
        }

        boolean areAt(Part part) throws IOException {
            long at = part.position < 0 ? size + part.position : part.position;
            if (at < 0 || at + part.bytes.length > size) {
                return false;
            }
            for (int i = 0; i < part.bytes.length; i++) {
                if (at(at + i) != part.bytes[i]) {
                    return false;
                }
            }
            return true;
        }

        private byte at(long position) throws IOException {
            if (start < 0 || position < start || position >= start + block.capacity()) {
                // A device of 512-byte sectors need not end with a whole block.
                start = Math.min(position / block.capacity() * block.capacity(), size - block.capacity());
                queue.submitRead(0, start);
                queue.await();
            }
            return block.get((int) (position - start));
        }
    }

    private static void text(List<Signature> all, String what, String mark, long... positions) {
        for (long position : positions) {
            all.add(new Signature(what, ofText(position, mark)));
        }
    }

    private static void hex(List<Signature> all, String what, String mark, long... positions) {
        for (long position : positions) {
            all.add(new Signature(what, ofHex(position, mark)));
        }
    }

    private static Part ofText(long position, String mark) {
        return new Part(position, mark.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Part ofHex(long position, String mark) {
        return new Part(position, HexFormat.of().parseHex(mark));
    }
}
