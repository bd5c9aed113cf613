package dev.belay.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.rollback.RollbackResult.Method;
import org.junit.jupiter.api.Test;

/** What a strategy says of itself before anything is done. */
class RollbackStrategyTest {
    @Test
    void saysWhetherItMayRestore() {
        assertThat(RollbackStrategy.restore().mayRestore()).isTrue();
        assertThat(RollbackStrategy.downgrade()
                        .orElse(RollbackStrategy.restore())
                        .mayRestore())
                .isTrue();
        assertThat(RollbackStrategy.downgrade().mayRestore()).isFalse();
        assertThat(RollbackStrategy.none().mayRestore()).isFalse();
    }

    @Test
    void isNotTakenByItsName() {
        assertThat(new RestoresNothing().mayRestore()).isFalse();
    }

    private static final class RestoresNothing implements RollbackStrategy {
        @Override
        public RollbackResult rollback(RollbackContext context) {
            return RollbackResult.succeeded(Method.DOWNGRADE, "Nothing was restored.");
        }

        @Override
        public String describe() {
            return "restores nothing";
        }
    }
}
