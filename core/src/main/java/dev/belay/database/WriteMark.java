package dev.belay.database;

/**
 * A mark in the order of one database's writes.
 *
 * @param position what the platform that made it reads it by
 * @since 0.1
 */
public record WriteMark(String position) {}
