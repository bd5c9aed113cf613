package dev.belay.postgres.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {
    static Stream<ThrowingCallable> wrongCalls() {
        return Stream.of(
                () -> Tables.exist(" "),
                () -> Tables.exist("a", "a"),
                () -> ForeignKeys.holdOn(""),
                () -> Rows.unchangedIn("a", ""),
                () -> Query.isTrue(""),
                () -> Query.isTrue("-- nothing"),
                () -> Query.isTrue("SELECT true; DROP TABLE users"),
                () -> Query.isEmpty(" ", "TABLE users"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void refusesAWrongCallAtOnce(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void looksLikeItsCall() {
        assertThat(Tables.exist("a", "\"B\"")).hasToString("Tables.exist(\"a\", \"\\\"B\\\"\")");
        assertThat(ForeignKeys.hold()).hasToString("ForeignKeys.hold()");
        assertThat(ForeignKeys.hold().minor()).hasToString("ForeignKeys.hold().minor()");
        assertThat(Query.isTrue("SELECT 'secret' = x FROM t")).hasToString("Query.isTrue(\"SELECT … = x FROM t\")");
        assertThat(Heads.areExpected().name()).isEqualTo("Heads.areExpected");
    }
}
