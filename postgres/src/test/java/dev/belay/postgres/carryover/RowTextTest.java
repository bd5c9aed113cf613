package dev.belay.postgres.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "(1,two)|1|two",
                "(\"\",\" \")|~~|~ ~",
                "(\"a,b\",\"c)\")|a,b|c)",
                "(\"say \"\"so\"\"\",\"back\\\\slash\")|say \"so\"|back\\slash",
                "(\"{\"\"a b\"\",NULL,\"\"\\\\\"\"\"\"}\",\"(1,\"\"x y\"\")\")|{\"a b\",NULL,\"\\\"\"}|(1,\"x y\")"
            })
    void readsValuesAsTheServerQuotesThem(String row, String a, String b) {
        assertThat(RowText.read(row, List.of("a", "b")))
                .containsEntry("a", Optional.of(a))
                .containsEntry("b", Optional.of(b));
    }

    @Test
    void nothingBetweenCommasIsNull() {
        assertThat(RowText.read("(,1,)", List.of("a", "b", "c")))
                .containsEntry("a", Optional.empty())
                .containsEntry("b", Optional.of("1"))
                .containsEntry("c", Optional.empty());
        assertThat(RowText.read("()", List.of("a"))).containsEntry("a", Optional.empty());
        assertThat(RowText.read("()", List.of())).isEmpty();
    }
}
