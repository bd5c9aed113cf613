package dev.belay.revision;

/** Checks bytes one after the other for being UTF-8, as RFC 3629 section 4 has it. */
final class Utf8 {
    private int missing; // continuation bytes still to come
    private int low;
    private int high;

    /** Takes the next byte and says whether it may stand there. */
    boolean accepts(byte next) {
        int value = next & 0xff;
        if (missing > 0) {
            boolean fits = value >= low && value <= high;
            missing--;
            low = 0x80;
            high = 0xbf;
            return fits;
        }
        low = 0x80;
        high = 0xbf;
        if (value < 0x80) {
            return true;
        } else if (value < 0xc2) { // a continuation, or a longer form than needed
            return false;
        } else if (value < 0xe0) {
            missing = 1;
        } else if (value < 0xf0) {
            missing = 2;
            low = value == 0xe0 ? 0xa0 : low;
            high = value == 0xed ? 0x9f : high; // no surrogates
        } else {
            missing = 3;
            low = value == 0xf0 ? 0x90 : low;
            high = value == 0xf4 ? 0x8f : high; // nothing above U+10FFFF
        }
        return value < 0xf5;
    }

    /** Whether the text may end here. */
    boolean complete() {
        return missing == 0;
    }
}
