package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBucketsTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void burstIsGrantedAtOnceAndThenTheRate() throws Exception {
        TokenBuckets buckets = new TokenBuckets(10, 5);
        InetAddress client = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 5; i++) {
            assertThat(buckets.take(client, 0)).isTrue();
        }
        assertThat(buckets.take(client, 0)).isFalse();
        assertThat(buckets.take(client, SECOND_NS / 10)).isTrue();
        assertThat(buckets.take(client, SECOND_NS / 10)).isFalse();
        assertThat(buckets.take(InetAddress.getByName("192.0.2.2"), 0)).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkShareABucket() throws Exception {
        TokenBuckets buckets = new TokenBuckets(1, 1);
        assertThat(buckets.take(InetAddress.getByName("2001:db8::1"), 0)).isTrue();
        assertThat(buckets.take(InetAddress.getByName("2001:db8::2"), 0)).isFalse();
        assertThat(buckets.take(InetAddress.getByName("2001:db8:0:1::1"), 0)).isTrue();
    }

    @Test
    void aMillionForgedAddressesNeitherGrowTheTableNorTakeAnHonestClientsShare() throws Exception {
        TokenBuckets buckets = new TokenBuckets(1_000, 10);
        InetAddress honest = InetAddress.getByName("192.0.2.1");
        Random random = new Random(3);
        byte[] forged = new byte[4];
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(forged);
            buckets.take(InetAddress.getByAddress(forged), i * 1_000L);
            if (i % 10_000 == 0) {
                assertThat(buckets.take(honest, i * 1_000L)).isTrue();
            }
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(4096);
    }
}
