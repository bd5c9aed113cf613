package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChecksumTest {
    /** The other one is compared with Flyway's own by FlywayChecksumIT. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r",
                "\r\n\r\n",
                "\ufeff",
                "\ufeffSELECT 1;",
                "\ufeff\ufeffSELECT 1;",
                "SELECT '\ufeff';\n\ufeff",
                "\nSELECT 1;",
                "SELECT 1;\rSELECT 2;\r\nSELECT 3;\nSELECT 4;",
                "SELECT 'Zürich, Ελλάδα, 東京, 🙂';\r\n",
                "a\n\n\nb\r\r\rc \u2028 \u0085 d",
            })
    void isTheSameOfBytesAsOfText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int expected = LineChecksum.of(new StringReader(text));
        for (int buffer : new int[] {3, 4, 7, 8192}) {
            try (InputStream in = new ByteArrayInputStream(bytes)) {
                assertThat(LineChecksum.ofUtf8(in, new byte[buffer]))
                        .as("with a buffer of %d", buffer)
                        .isEqualTo(expected);
            }
        }
    }
}
