package dev.belay.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.layout.BothWays;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.layout.RevisionImport;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Revisions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of Alembic, imported: Alembic writes the SQL. */
class AlembicImportIT {
    @TempDir
    Path directory;

    private Path out;
    private AlembicProjectOnDisk project;

    @BeforeAll
    static void needsAlembic() {
        assumeTrue(AlembicProjectOnDisk.isInstalled(), "Alembic with psycopg2 is not installed");
    }

    @BeforeEach
    void make() {
        out = directory.resolve("revisions");
        project = new AlembicProjectOnDisk(directory.resolve("project"))
                .revision("aaaa", "None", """
                        op.create_table('patients', sa.Column('id', sa.Integer, primary_key=True),
                                        sa.Column('name', sa.Text, comment='100%'))
                        op.execute("INSERT INTO patients SELECT i, 'p%' || i FROM generate_series(1, 100) i")
                        patients = sa.table('patients', sa.column('id', sa.Integer), sa.column('name', sa.Text))
                        op.bulk_insert(patients, [{'id': 101, 'name': "it's; 5%"}])
                        """, "op.drop_table('patients')")
                .revision(
                        "bbbb", "'aaaa'", """
                        op.add_column('patients', sa.Column('phone', sa.Text))
                        bind = op.get_bind()
                        bind.execute(sa.text("UPDATE patients SET phone = :n").bindparams(n='(seven, 7)'))
                        op.execute("UPDATE patients SET phone = format('%s', id) WHERE name LIKE 'p%1'")
                        op.execute("CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$")
                        """, "op.execute('DROP FUNCTION one()')\nop.drop_column('patients', 'phone')")
                .revision("cccc", "'aaaa'", """
                        with op.get_context().autocommit_block():
                            op.create_index('patients_name', 'patients', ['name'], postgresql_concurrently=True)
                        """, """
                        with op.get_context().autocommit_block():
                            op.drop_index('patients_name', postgresql_concurrently=True)
                        """)
                .revision("dddd", "('bbbb', 'cccc')", "pass", "pass");
    }

    private RevisionGraph graph() {
        return RevisionGraph.of(Revisions.in(out).load());
    }

    @Test
    void isTheSameAsByAlembic() throws Exception {
        try (BothWays both = new BothWays(Alembic.in(project.directory()), out)) {
            both.areTheSameFromEmpty().goOnFrom(2).goDown();
            assertThat(both.prove()).hasSize(4).allMatch(RevisionProof::isReversible);
        }
        assertThat(graph().find("dddd").parents()).containsExactly("bbbb", "cccc");
        assertThat(graph().find("cccc").upgrade().transactional()).isFalse();
        assertThat(graph().find("bbbb").upgrade().transactional()).isTrue();
    }

    @Test
    void leavesPercentSignsThatAreNotDoubled() throws Exception {
        Path env = project.directory().resolve("migrations/env.py");
        project.write(
                "migrations/env.py",
                Files.readString(env)
                        .replace(
                                "context.configure(url=url, literal_binds=True)",
                                "context.configure(url=url, literal_binds=True, dialect_opts={'paramstyle': 'named'})"));
        project.revision(
                "eeee", "'dddd'", "op.execute(\"COMMENT ON TABLE patients IS '50%%, or 50%'\")", "raise RuntimeError");

        try (BothWays both = new BothWays(Alembic.in(project.directory()), out)) {
            both.areTheSameFromEmpty();
        }
        assertThat(graph().heads()).extracting(Revision::id).containsExactly("eeee");
        assertThat(graph().find("eeee").reversible()).isFalse();
        assertThat(graph().find("dddd").reversible()).isTrue();
    }

    @Test
    void keepsSeveralHeads() throws Exception {
        project.revision("eeee", "'bbbb'", "op.create_table('e', sa.Column('id', sa.Integer))", "op.drop_table('e')");
        try (BothWays both = new BothWays(Alembic.in(project.directory()), out)) {
            both.areTheSameFromEmpty();
            assertThat(both.imported().heads()).containsExactlyInAnyOrder("dddd", "eeee");
        }
    }

    @Test
    void namesTheRevisionThatReadsRows() {
        project.revision(
                "eeee",
                "'dddd'",
                "for row in op.get_bind().execute(sa.text('SELECT id FROM patients')).fetchall():\n    pass",
                "pass");
        assertThatThrownBy(
                        () -> RevisionImport.of(Alembic.in(project.directory())).into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("eeee_step.py: revision eeee can't be imported")
                .hasMessageContaining("eeee_step.py:15");

        project.revision(
                "eeee",
                "'dddd'",
                "bind = op.get_bind()  # x.execute(1, 2)\nbind.execute(\n    sa.text('UPDATE patients SET name = :n'), {'n': 'x'})",
                "pass");
        assertThatThrownBy(
                        () -> RevisionImport.of(Alembic.in(project.directory())).into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("eeee_step.py:16: revision eeee can't be imported")
                .hasMessageContaining("values that are given to execute()");
        assertThat(out).doesNotExist();
    }
}
