package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.startup.Startup;
import dev.belay.startup.Startup.Choice;
import dev.belay.startup.StartupProbe;
import java.time.Duration;

/** An application's start that may not take long, with an endpoint that says how far it is. */
public final class BootSafe {
    private final StartupProbe probe = new StartupProbe();

    // tag::start[]
    /** Upgrades when that takes at most 30 seconds; else waits until the deployment has done it. */
    public MigrationReport start(MigrationPlan plan) {
        return plan.upgradeAtStartup(Startup.within(Duration.ofSeconds(30))
                .orElse(Choice.LEAVE_TO_OTHERS)
                .health(probe));
    }

    /** For the endpoint of the readiness probe: 200 or 503. */
    public int readiness() {
        return probe.now().isReady() ? 200 : 503;
    }
    // end::start[]
}
