package dev.belay.layout;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A version as Flyway compares it: part by part as numbers, where {@code 1}, {@code 1.0} and {@code 1_0} are the same.
 *
 * @param parts the numbers, without zeros at the end
 * @since 0.1
 */
public record FlywayVersion(List<BigInteger> parts) implements Comparable<FlywayVersion> {
    /** Copies. */
    public FlywayVersion {
        parts = List.copyOf(parts);
    }

    /**
     * Reads numbers with dots or underscores between them.
     *
     * @throws NumberFormatException if it is something else
     */
    public static FlywayVersion of(String text) {
        List<BigInteger> parts = new ArrayList<>();
        for (String part : text.replace('_', '.').split("\\.", -1)) {
            parts.add(new BigInteger(part));
        }
        while (parts.size() > 1 && parts.get(parts.size() - 1).signum() == 0) {
            parts.remove(parts.size() - 1);
        }
        return new FlywayVersion(parts);
    }

    @Override
    public int compareTo(FlywayVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int compared = part(i).compareTo(other.part(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
