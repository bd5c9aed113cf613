package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import org.junit.jupiter.api.Test;

/** Strings are written as Gson writes them, to the byte. */
class JsonTextTest {
    @Test
    void escapesAsGsonDoes() {
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        StringBuilder every = new StringBuilder("plain \uD83D\uDE00 ");
        for (char c = 0; c < 0x3000; c++) {
            every.append(c);
        }
        StringBuilder out = new StringBuilder();
        JsonText.quote(every.toString(), out);
        assertThat(out.toString()).isEqualTo(gson.toJson(every.toString()));

        StringBuilder empty = new StringBuilder();
        JsonText.quote("", empty);
        assertThat(empty.toString()).isEqualTo("\"\"");
    }
}
