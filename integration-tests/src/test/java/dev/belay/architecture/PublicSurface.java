package dev.belay.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which types a user meets in the public and protected members of a class, also as type arguments. */
final class PublicSurface {
    private PublicSurface() {}

    /** Nothing for a class that users can't name. */
    static Map<String, Set<JavaClass>> of(JavaClass type) {
        Map<String, Set<JavaClass>> used = new LinkedHashMap<>();
        if (!canBeNamed(type)) {
            return used;
        }
        Set<JavaClass> above = new HashSet<>(type.getRawInterfaces());
        type.getRawSuperclass().ifPresent(above::add);
        used.put(type.getName(), above);
        for (JavaMember member : type.getMembers()) {
            if (isOpen(member) && !member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                used.put(member.getFullName(), types(member));
            }
        }
        return used;
    }

    private static boolean canBeNamed(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicSurface::canBeNamed).orElse(true);
    }

    private static boolean isOpen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Set<JavaClass> types(JavaMember member) {
        Set<JavaClass> types = new HashSet<>();
        if (member instanceof JavaField field) {
            types.addAll(field.getType().getAllInvolvedRawTypes());
        } else if (member instanceof JavaCodeUnit unit) {
            types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
            for (JavaType parameter : unit.getParameterTypes()) {
                types.addAll(parameter.getAllInvolvedRawTypes());
            }
            types.addAll(unit.getExceptionTypes());
        }
        return types;
    }
}
