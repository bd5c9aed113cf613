package dev.belay.layout;

/**
 * What the layout {@code sqitch} tells about its changes and its registry beside what every revision has. Dates are written as in the
 * plan.
 *
 * @since 0.1
 */
public final class SqitchProperties {
    /** Of a change, and behind {@link #tag}: Sqitch's id of it. */
    public static final String ID = "id";

    /** Of a change, and behind {@link #tag}: its name as the plan has it. */
    public static final String NAME = "name";

    /** Of a change: the project that it belongs to. */
    public static final String PROJECT = "project";

    /** Of a change: the URI of the project; missing where it has none. */
    public static final String URI = "uri";

    /** Of a change, and behind {@link #tag}: its note, which may be empty and have several lines. */
    public static final String NOTE = "note";

    /** Of a change, and behind {@link #tag}: when it was planned. */
    public static final String PLANNED_AT = "planned_at";

    /** Of a change, and behind {@link #tag}: who planned it. */
    public static final String PLANNER_NAME = "planner_name";

    /** Of a change, and behind {@link #tag}: the address of who planned it. */
    public static final String PLANNER_EMAIL = "planner_email";

    /** Of a change: what it requires, a line each, of the name, a blank and Sqitch's id. */
    public static final String REQUIRES = "requires";

    /** Of a change: the names of what it conflicts with, a line each. */
    public static final String CONFLICTS = "conflicts";

    /** Of a change: how many tags it has. */
    public static final String TAGS = "tags";

    /** Of the source: the schema of the registry. */
    public static final String REGISTRY = "registry";

    /** Of the source: who is written down as having deployed and reverted. */
    public static final String COMMITTER_NAME = "committer_name";

    /** Of the source: the address of who is written down. */
    public static final String COMMITTER_EMAIL = "committer_email";

    private SqitchProperties() {}

    /** Of a change: a property of one of its tags. */
    public static String tag(int index, String property) {
        return "tag." + index + "." + property;
    }
}
