package dev.belay.postgres.schema.catalog;

/**
 * A query for all objects of one kind.
 *
 * @param kind the label of the kind
 * @param sql gives a row for each object: first its name as {@code pg_identify_object} gives it, then the name of what it is a
 *     part of (null for an object of its own), then a column for each attribute, named like it; null stands for the default.
 *     Run with an empty search path.
 */
public record CatalogQuery(String kind, String sql) {}
