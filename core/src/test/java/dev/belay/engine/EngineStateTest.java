package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.AppliedRevision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineStateTest {
    @Test
    void headsAreNobodysParents() {
        EngineState state = new EngineState(
                List.of(applied("a"), applied("c", "a"), applied("b", "a"), applied("d")), Optional.empty());
        assertThat(state.heads()).containsExactly("b", "c", "d");
        assertThat(new EngineState(List.of(), Optional.empty()).heads()).isEmpty();
    }

    private static AppliedRevision applied(String id, String... parents) {
        return new AppliedRevision(id, List.of(parents), id, "", Instant.EPOCH, false);
    }
}
