package dev.belay.testkit.junit.internal;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** One test. */
final class CheckDescriptor extends AbstractTestDescriptor {
    static final String SEGMENT = "test";

    private final Check check;

    /**
     * Its source is a method that doesn't exist: build tools report a test without a method under the name of its class alone,
     * or under the short name of its class.
     */
    CheckDescriptor(UniqueId id, Class<?> type, Check check) {
        super(id, check.name(), MethodSource.from(type.getName(), check.name()));
        this.check = check;
    }

    Check check() {
        return check;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }
}
