package dev.belay.scenario;

import dev.belay.report.Outcome;
import java.util.List;
import java.util.Optional;

/** A place deep inside a step where a run can be made to hang, so that it is certain where a stop finds it. */
enum Stage {
    PREFLIGHT("preflight", Outcome.REFUSED) {
        /** The table itself, and its other index, are opened by sessions that begin, where the server's cache of relations is new. */
        @Override
        Optional<String> lock() {
            return Optional.of("REINDEX INDEX pg_catalog.pg_extension_name_index");
        }
    },
    BACKUP("backup", Outcome.REFUSED) {
        @Override
        Optional<String> lock() {
            return Optional.of("LOCK TABLE held IN ACCESS EXCLUSIVE MODE");
        }

        @Override
        String hanging() {
            return "query LIKE 'LOCK TABLE%' AND " + super.hanging();
        }
    },
    PROOF("proof", Outcome.REFUSED) {
        @Override
        void prepare(Scenario scenario) {
            super.prepare(scenario);
            scenario.execute("ALTER TABLE held ADD CHECK (public.hang('%belay_test%'))");
        }
    },
    TEST_RUN("test-run", Outcome.REFUSED) {
        @Override
        String change(Scenario scenario) {
            return "SELECT hang('%belay_test%');";
        }
    },
    CHECK_OF_THE_COPY("test-run", Outcome.REFUSED) {
        @Override
        Optional<String> check(Scenario scenario) {
            return Optional.of("SELECT hang('%belay_test%')");
        }
    },
    APPLY("apply", Outcome.ROLLED_BACK) {
        @Override
        String change(Scenario scenario) {
            return "SELECT hang('" + scenario.name() + "');";
        }
    },
    WAIT_FOR_A_LOCK("apply", Outcome.ROLLED_BACK) {
        @Override
        String change(Scenario scenario) {
            return "ALTER TABLE members ADD COLUMN age int;";
        }

        @Override
        Optional<String> lock() {
            return Optional.of("LOCK TABLE members IN ACCESS SHARE MODE");
        }
    },
    CHECK_BEFORE_THE_COMMIT("apply", Outcome.ROLLED_BACK) {
        @Override
        Optional<String> check(Scenario scenario) {
            return Optional.of("SELECT hang('" + scenario.name() + "')");
        }
    },
    CHECK_AFTER_THE_COMMIT("validate", Outcome.ROLLED_BACK) {
        @Override
        Optional<String> check(Scenario scenario) {
            return Optional.of(
                    "SELECT CASE WHEN to_regclass('rooms') IS NULL THEN true ELSE hang('" + scenario.name() + "') END");
        }

        @Override
        boolean isTransactional() {
            return false;
        }
    },
    DOWNGRADE("validate", Outcome.ROLLED_BACK) {
        @Override
        String back(Scenario scenario) {
            return "SELECT gate('" + scenario.name() + "');\n" + super.back(scenario);
        }

        @Override
        Optional<String> check(Scenario scenario) {
            return Optional.of(displeased(scenario));
        }

        @Override
        boolean isTransactional() {
            return false;
        }

        @Override
        boolean isWayBack() {
            return true;
        }
    },
    RESTORE("validate", Outcome.RESTORED) {
        @Override
        void prepare(Scenario scenario) {
            super.prepare(scenario);
            scenario.execute("ALTER TABLE held ADD CHECK (public.gate('%belay_restored%'))");
        }

        @Override
        Optional<String> check(Scenario scenario) {
            return Optional.of(displeased(scenario));
        }

        @Override
        boolean isTransactional() {
            return false;
        }

        @Override
        boolean isWayBack() {
            return true;
        }
    };

    /** Both hang in databases of one name only; a cancelled gate opens, what else hangs fails when it is cancelled. */
    private static final String FUNCTIONS = """
            CREATE FUNCTION hang(place text) RETURNS boolean LANGUAGE plpgsql AS
            $$ BEGIN IF current_database() LIKE place THEN PERFORM pg_sleep(6000); END IF; RETURN true; END $$;
            CREATE FUNCTION gate(place text) RETURNS boolean LANGUAGE plpgsql AS
            $$ BEGIN IF current_database() LIKE place THEN PERFORM pg_sleep(6000); END IF; RETURN true;
            EXCEPTION WHEN query_canceled THEN RETURN true; END $$;
            CREATE TABLE held (id int);
            INSERT INTO held VALUES (1);
            """;

    private final String step;
    private final Outcome outcome;

    Stage(String step, Outcome outcome) {
        this.step = step;
        this.outcome = outcome;
    }

    /** The step that fails; for a way back the one before it. */
    String step() {
        return step;
    }

    Outcome outcome() {
        return outcome;
    }

    /** The statement by which another session has locked something meanwhile. */
    Optional<String> lock() {
        return Optional.empty();
    }

    /** How a hanging session shows in pg_stat_activity. */
    String hanging() {
        return lock().isPresent() ? "wait_event_type = 'Lock'" : "wait_event = 'PgSleep'";
    }

    String change(Scenario scenario) {
        return "SELECT 1;";
    }

    String back(Scenario scenario) {
        return "DROP TABLE rooms;";
    }

    /** A query that must be true. */
    Optional<String> check(Scenario scenario) {
        return Optional.empty();
    }

    boolean isTransactional() {
        return true;
    }

    /** Whether the run is on its way back there, which nothing may stop. */
    boolean isWayBack() {
        return false;
    }

    void prepare(Scenario scenario) {
        scenario.execute(FUNCTIONS);
        String up = "CREATE TABLE rooms (id int PRIMARY KEY);\n" + change(scenario);
        String down =
                back(scenario) + (change(scenario).startsWith("ALTER") ? "\nALTER TABLE members DROP COLUMN age;" : "");
        if (isTransactional()) {
            scenario.revision("a0000001", up, down);
        } else {
            scenario.noTransaction("a0000001", up, down);
        }
    }

    /** The sessions that hang there now. */
    List<String> hangingIn(Scenario scenario) {
        String pids = scenario.value(
                "postgres",
                "SELECT coalesce(string_agg(pid::text, ','), '') FROM pg_stat_activity WHERE datname LIKE '"
                        + scenario.name() + (lock().isPresent() ? "" : "%") + "' AND " + hanging());
        return pids.isEmpty() ? List.of() : List.of(pids.split(","));
    }

    private static String displeased(Scenario scenario) {
        return "SELECT to_regclass('rooms') IS NULL OR current_database() <> '" + scenario.name() + "'";
    }
}
