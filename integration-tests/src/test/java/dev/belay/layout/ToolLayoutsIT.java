package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories of other tools, with the rows that the tools themselves would have written. */
class ToolLayoutsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;

    static Stream<Tool> tools() {
        return Tool.all();
    }

    @BeforeEach
    void create() {
        name = SERVER.createUniqueDatabase("layout");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private MigrationPlan plan(Tool tool) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Layouts.in(directory, tool.layout()))
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void writesWhatTheToolWouldHaveWritten(Tool tool) throws Exception {
        tool.write(directory);

        assertThat(Layouts.recognising(directory)).containsExactly(tool.layout());
        assertThat(plan(tool).upgrade(Target.of("+2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterTwo());
        assertThat(plan(tool).upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterThree());
        assertThat(plan(tool).upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan(tool).downgrade(Target.of("-1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterTwo());
        assertThat(rows("SELECT relname FROM pg_class WHERE relname = 'patients_name'"))
                .isEmpty();
        assertThat(plan(tool).downgrade(Target.of("base")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan(tool).status().applied()).isEmpty();
        assertThat(rows("SELECT to_regclass('patients')::text IS NULL")).containsExactly("t");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void provesTheWayBack(Tool tool) throws Exception {
        tool.write(directory);

        List<RevisionProof> proofs =
                Prover.of(Layouts.in(directory, tool.layout()), database).prove();

        assertThat(proofs).hasSize(3).allMatch(RevisionProof::isReversible);
        assertThat(rows("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .containsExactly("0");
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }
}
