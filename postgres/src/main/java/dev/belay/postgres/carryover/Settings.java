package dev.belay.postgres.carryover;

/** Under which a value's text means the same in two sessions, and nothing ends them while they wait. */
final class Settings {
    static final String SQL = """
            SET search_path = '';
            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET idle_session_timeout = 0;
            SET row_security = off;
            SET extra_float_digits = 1;
            SET bytea_output = 'hex';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'postgres';
            SET TimeZone = 'UTC';
            SET lc_monetary = 'C';
            """;

    private Settings() {}
}
