package dev.belay.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServers;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** A module that users get: its classes, and the packages that it exports. */
record Floor(String name, JavaClasses classes, Set<String> exported) {
    static final Floor CORE = of(MigrationPlan.class);
    static final Floor POSTGRES = of(PostgresDatabase.class);
    static final Floor TESTKIT = of(PostgresServers.class);

    /** Found by where a class of it was loaded from: a package's name alone doesn't tell core from an example. */
    private static Floor of(Class<?> one) {
        URL place = one.getProtectionDomain().getCodeSource().getLocation();
        try {
            ModuleDescriptor module = ModuleFinder.of(Path.of(place.toURI())).findAll().stream()
                    .findFirst()
                    .orElseThrow()
                    .descriptor();
            Set<String> exported = module.exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toUnmodifiableSet());
            return new Floor(module.name(), new ClassFileImporter().importUrl(place), exported);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(place + " is no place of classes", e);
        }
    }

    /** Whether this is a class of the floor in a package that it doesn't export. */
    boolean hides(JavaClass type) {
        return classes.contain(type.getName()) && !exported.contains(type.getPackageName());
    }

    @Override
    public String toString() {
        return name;
    }
}
