package dev.belay.postgres.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of objects in a schema, in the order in which a snapshot lists them. @since 0.1 */
public enum ObjectKind {
    /** A schema. */
    SCHEMA,
    /** An extension; its members are not listed. */
    EXTENSION,
    /** A procedural language. */
    LANGUAGE,
    /** An access method. */
    ACCESS_METHOD,
    /** A collation. */
    COLLATION,
    /** A conversion between encodings. */
    CONVERSION,
    /** A base, composite, enum, range or shell type. */
    TYPE,
    /** A domain. */
    DOMAIN,
    /** A table, partitioned or not. */
    TABLE,
    /** A foreign table. */
    FOREIGN_TABLE,
    /** A view. */
    VIEW,
    /** A materialized view. */
    MATERIALIZED_VIEW,
    /** A sequence. */
    SEQUENCE,
    /** A column of any relation, or an attribute of a composite type. */
    COLUMN,
    /** A constraint of a table or a domain. */
    CONSTRAINT,
    /** An index that is not a constraint's. */
    INDEX,
    /** Extended statistics. */
    STATISTICS,
    /** A rewrite rule. */
    RULE,
    /** A trigger. */
    TRIGGER,
    /** A row-level security policy. */
    POLICY,
    /** A function or a window function. */
    FUNCTION,
    /** A procedure. */
    PROCEDURE,
    /** An aggregate. */
    AGGREGATE,
    /** An operator. */
    OPERATOR,
    /** An operator family. */
    OPERATOR_FAMILY,
    /** An operator class. */
    OPERATOR_CLASS,
    /** A cast. */
    CAST,
    /** A transform. */
    TRANSFORM,
    /** A text search parser. */
    TEXT_SEARCH_PARSER,
    /** A text search template. */
    TEXT_SEARCH_TEMPLATE,
    /** A text search dictionary. */
    TEXT_SEARCH_DICTIONARY,
    /** A text search configuration. */
    TEXT_SEARCH_CONFIGURATION,
    /** A foreign-data wrapper. */
    FOREIGN_DATA_WRAPPER,
    /** A foreign server. */
    SERVER,
    /** A user mapping, without its secrets. */
    USER_MAPPING,
    /** A publication. */
    PUBLICATION,
    /** A subscription, without its secrets. */
    SUBSCRIPTION,
    /** An event trigger. */
    EVENT_TRIGGER,
    /** Default privileges of a role. */
    DEFAULT_PRIVILEGES,
    /** Privileges on an object of the system or of an extension that are not those it came with. */
    PRIVILEGES;

    private static final Map<String, ObjectKind> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toMap(ObjectKind::label, Function.identity()));

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    /** As in messages and JSON: {@code materialized view}. */
    public String label() {
        return label;
    }

    /**
     * The kind with this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ObjectKind of(String label) {
        ObjectKind kind = BY_LABEL.get(label);
        if (kind == null) {
            throw new IllegalArgumentException("There is no kind of object called \"" + label + "\".");
        }
        return kind;
    }
}
