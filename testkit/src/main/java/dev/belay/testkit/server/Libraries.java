package dev.belay.testkit.server;

/** Which optional libraries are here. */
final class Libraries {
    private Libraries() {}

    static boolean hasClass(String name) {
        try {
            Class.forName(name, false, Libraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
