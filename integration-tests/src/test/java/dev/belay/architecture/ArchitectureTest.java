package dev.belay.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.belay.BelayException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies point one way, packages are free of cycles, and no library shows through where users look. */
class ArchitectureTest {
    private static final String[] LIBRARIES_OF_OURS = {
        "org.jooq..", "com.zaxxer..", "io.github.resilience4j..", "com.google.gson..", "org.postgresql.."
    };

    static List<Floor> floors() {
        return List.of(Floor.CORE, Floor.POSTGRES, Floor.TESTKIT);
    }

    @Test
    void coreKnowsNoPostgres() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.belay.postgres..", "dev.belay.testkit..", "org.postgresql..", "org.jooq..", "com.zaxxer..")
                .check(Floor.CORE.classes());
    }

    @Test
    void postgresKnowsNeitherTestsNorExamples() {
        classes()
                .that()
                .resideInAPackage("dev.belay.postgres..")
                .should()
                .onlyDependOnClassesThat(inFloorsBelowOrOutside(Floor.CORE, Floor.POSTGRES))
                .check(Floor.POSTGRES.classes());
    }

    @Test
    void theTestkitKnowsNoExamples() {
        classes()
                .should()
                .onlyDependOnClassesThat(inFloorsBelowOrOutside(Floor.CORE, Floor.POSTGRES, Floor.TESTKIT))
                .check(Floor.TESTKIT.classes());
    }

    /** docs/adr/0004: the base exception is beside the plan, and every package extends it. Nothing else is exempt. */
    @Test
    void corePackagesAreFreeOfCycles() {
        slices().assignedFrom(features("dev.belay"))
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), type(BelayException.class))
                .check(Floor.CORE.classes());
    }

    @Test
    void postgresPackagesAreFreeOfCycles() {
        slices().assignedFrom(features("dev.belay.postgres"))
                .should()
                .beFreeOfCycles()
                .check(Floor.POSTGRES.classes());
    }

    @ParameterizedTest
    @MethodSource("floors")
    void noLibraryShowsThrough(Floor floor) {
        List<String> shown = new ArrayList<>();
        for (JavaClass type : floor.classes()) {
            if (floor.exported().contains(type.getPackageName())) {
                PublicSurface.of(type)
                        .forEach((member, used) -> used.stream()
                                .filter(JavaClass.Predicates.resideInAnyPackage(LIBRARIES_OF_OURS))
                                .forEach(library -> shown.add(member + " shows " + library.getName())));
            }
        }
        assertThat(shown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("floors")
    void whatUsersSeeIsInExportedPackages(Floor floor) {
        List<String> hidden = new ArrayList<>();
        for (JavaClass type : floor.classes()) {
            if (floor.exported().contains(type.getPackageName())) {
                PublicSurface.of(type)
                        .forEach((member, used) -> used.stream()
                                .filter(one -> floors().stream().anyMatch(some -> some.hides(one)))
                                .forEach(one -> hidden.add(member + " shows " + one.getName())));
            }
        }
        assertThat(hidden).isEmpty();
    }

    private static DescribedPredicate<JavaClass> inFloorsBelowOrOutside(Floor... floors) {
        return DescribedPredicate.describe(
                "are of " + List.of(floors) + " or not Belay's",
                type -> !type.getPackageName().startsWith("dev.belay")
                        || type.isArray()
                        || List.of(floors).stream()
                                .anyMatch(floor -> floor.classes().contain(type.getName())));
    }

    /** The root package is a feature too; a package's internal one belongs to it. */
    private static SliceAssignment features(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                if (name.equals(root)) {
                    return SliceIdentifier.of("(root)");
                }
                return name.startsWith(root + ".")
                        ? SliceIdentifier.of(name.substring(root.length() + 1).split("\\.", 2)[0])
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "features of " + root;
            }
        };
    }
}
