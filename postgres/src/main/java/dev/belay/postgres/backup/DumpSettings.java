package dev.belay.postgres.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@link PgDump} was told; empty where it was told nothing. */
record DumpSettings(
        Path folder,
        Format format,
        Optional<Integer> jobs,
        Optional<Compression> compression,
        boolean schemaOnly,
        List<String> tables,
        Optional<Duration> keepFor,
        Optional<Path> program) {
    private static final int MOST_JOBS = 4;

    DumpSettings {
        tables = List.copyOf(tables);
        if (format == Format.PLAIN && jobs.isPresent()) {
            throw new IllegalArgumentException("format(PLAIN) and jobs(" + jobs.get()
                    + ") contradict each other: a script is written and run by one job. Use format(DIRECTORY).");
        }
        if (format == Format.PLAIN
                && compression.isPresent()
                && compression.get().method() != Compression.Method.NONE) {
            throw new IllegalArgumentException(
                    "format(PLAIN) and compression(" + compression.get().method()
                            + ") contradict each other: psql reads no compressed script. Use format(CUSTOM) or format(DIRECTORY).");
        }
    }

    /** How many jobs pg_dump and pg_restore work with. */
    int effectiveJobs() {
        int fitting = Math.max(2, Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors()));
        return format == Format.PLAIN ? 1 : jobs.orElse(fitting);
    }

    Contents contents() {
        if (schemaOnly) {
            return Contents.SCHEMA_ONLY;
        }
        return tables.isEmpty() ? Contents.FULL : Contents.TABLES;
    }

    /** What a dump holds. */
    enum Contents {
        FULL,
        SCHEMA_ONLY,
        TABLES
    }
}
