package dev.belay.postgres.schema;

import java.util.List;

/**
 * The queries behind a schema's picture. Each gives an object's name and its definition; both are free of oids and of the
 * order of columns, so that they can be compared between databases.
 *
 * <p>Left out everywhere: the system's schemas, Belay's, and what an extension made (the extension itself is in).
 */
final class SchemaQueries {
    /** Which schemas are looked at; {@code n} is pg_namespace. */
    private static final String OURS =
            "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'belay') AND n.nspname NOT LIKE 'pg\\_temp%'"
                    + " AND n.nspname NOT LIKE 'pg\\_toast\\_temp%'";

    private static final String SCHEMAS = """
            SELECT pg_catalog.format('schema %I', n.nspname),
                   pg_catalog.concat_ws(' ', 'owner', pg_catalog.pg_get_userbyid(n.nspowner), (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text)
                        FROM pg_catalog.unnest(COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) g))
            FROM pg_catalog.pg_namespace n WHERE
            """ + " " + OURS + " AND " + notOfExtension("pg_namespace", "n.oid");

    private static final String EXTENSIONS = """
            SELECT pg_catalog.format('extension %I', e.extname), pg_catalog.concat_ws(' ', e.extversion, 'in', n.nspname)
            FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            """;

    private static final String RELATIONS = """
            SELECT pg_catalog.format('%s %I.%I', CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                       WHEN 'f' THEN 'foreign table' ELSE 'table' END, n.nspname, c.relname),
                   pg_catalog.concat_ws('; ', 'owner ' || pg_catalog.pg_get_userbyid(c.relowner), (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text)
                        FROM pg_catalog.unnest(COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) g),
                       CASE WHEN c.relkind = 'p' THEN 'partitioned by ' || pg_catalog.pg_get_partkeydef(c.oid) END,
                       CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
                       (SELECT 'inherits ' || pg_catalog.string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                        FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid),
                       CASE WHEN c.relpersistence = 'u' THEN 'unlogged' END,
                       CASE WHEN c.relrowsecurity THEN 'row security' END,
                       CASE WHEN c.relforcerowsecurity THEN 'forced row security' END,
                       CASE WHEN c.relreplident <> 'd' THEN 'replica identity ' || c.relreplident::text END,
                       'options ' || c.reloptions::text,
                       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
                       'comment ' || pg_catalog.obj_description(c.oid, 'pg_class'))
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND
            """ + " " + OURS + " AND " + notOfExtension("pg_class", "c.oid");

    private static final String COLUMNS = """
            SELECT pg_catalog.format('column %I.%I.%I', n.nspname, c.relname, a.attname),
                   pg_catalog.concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation::text END,
                       CASE WHEN a.attnotnull THEN 'not null' END,
                       CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
                       CASE WHEN a.attgenerated <> '' THEN 'generated' END,
                       'default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                       CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
                       CASE WHEN a.attstattarget > 0 THEN 'statistics ' || a.attstattarget::text END,
                       (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text) FROM pg_catalog.unnest(a.attacl) g), 'options ' || a.attoptions::text,
                       'comment ' || pg_catalog.col_description(c.oid, a.attnum))
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND
            """ + " " + OURS + " AND " + notOfExtension("pg_class", "c.oid");

    private static final String CONSTRAINTS = """
            SELECT CASE WHEN k.conrelid <> 0
                        THEN pg_catalog.format('constraint %I on %s', k.conname, k.conrelid::regclass)
                        ELSE pg_catalog.format('constraint %I on domain %s', k.conname, k.contypid::regtype) END,
                   pg_catalog.concat_ws(' ', pg_catalog.pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN '(not validated)' END,
                       'comment ' || pg_catalog.obj_description(k.oid, 'pg_constraint'))
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
            WHERE k.contype <> 't' AND
            """
            + " " + OURS + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.deptype = 'e'"
            + " AND (x.classid, x.objid) IN (('pg_catalog.pg_class'::regclass, k.conrelid),"
            + " ('pg_catalog.pg_type'::regclass, k.contypid)))";

    private static final String INDEXES = """
            SELECT pg_catalog.format('index %I.%I', n.nspname, c.relname),
                   pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN '(invalid)' END,
                       CASE WHEN i.indisclustered THEN '(clustered)' END, CASE WHEN i.indisreplident THEN '(replica identity)' END,
                       'comment ' || pg_catalog.obj_description(c.oid, 'pg_class'))
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE
            """ + " " + OURS + " AND " + notOfExtension("pg_class", "i.indrelid");

    private static final String SEQUENCES = """
            SELECT pg_catalog.format('sequence %I.%I', n.nspname, c.relname),
                   pg_catalog.concat_ws(' ', s.seqtypid::regtype, 'start', s.seqstart, 'by', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax,
                       'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END, 'owner', pg_catalog.pg_get_userbyid(c.relowner),
                       (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text)
                        FROM pg_catalog.unnest(COALESCE(c.relacl, pg_catalog.acldefault('s', c.relowner))) g),
                       (SELECT 'owned by ' || pg_catalog.format('%s.%I', d.refobjid::regclass, a.attname)
                        FROM pg_catalog.pg_depend d
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
                          AND d.refclassid = 'pg_catalog.pg_class'::regclass LIMIT 1),
                       'comment ' || pg_catalog.obj_description(c.oid, 'pg_class'))
            FROM pg_catalog.pg_sequence s
            JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE
            """ + " " + OURS + " AND " + notOfExtension("pg_class", "c.oid");

    private static final String FUNCTIONS = """
            SELECT pg_catalog.format('function %I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
                   pg_catalog.concat_ws(' ', CASE WHEN p.prokind = 'a' THEN 'aggregate ' || (SELECT pg_catalog.concat_ws(' ', g.aggtransfn, g.aggfinalfn,
                           g.aggtranstype::regtype, g.agginitval) FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid)
                       ELSE pg_catalog.pg_get_functiondef(p.oid) END,
                       'owner', pg_catalog.pg_get_userbyid(p.proowner), (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text)
                        FROM pg_catalog.unnest(COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))) g),
                       'comment ' || pg_catalog.obj_description(p.oid, 'pg_proc'))
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE
            """ + " " + OURS + " AND " + notOfExtension("pg_proc", "p.oid");

    private static final String TRIGGERS = """
            SELECT pg_catalog.format('trigger %I on %s', g.tgname, g.tgrelid::regclass),
                   pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(g.oid), 'enabled', g.tgenabled,
                       'comment ' || pg_catalog.obj_description(g.oid, 'pg_trigger'))
            FROM pg_catalog.pg_trigger g
            JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT g.tgisinternal AND
            """ + " " + OURS;

    private static final String TYPES = """
            SELECT pg_catalog.format('type %I.%I', n.nspname, t.typname),
                   pg_catalog.concat_ws(' ', CASE t.typtype
                       WHEN 'e' THEN 'enum ' || (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                                                 FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
                       WHEN 'd' THEN pg_catalog.concat_ws(' ', 'domain', pg_catalog.format_type(t.typbasetype, t.typtypmod),
                                                          CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault)
                       WHEN 'r' THEN 'range ' || (SELECT r.rngsubtype::regtype::text FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)
                       WHEN 'c' THEN 'composite' ELSE 'base' END,
                       'owner', pg_catalog.pg_get_userbyid(t.typowner), (SELECT 'grants ' || pg_catalog.string_agg(g::text, ' ' ORDER BY g::text)
                        FROM pg_catalog.unnest(COALESCE(t.typacl, pg_catalog.acldefault('T', t.typowner))) g),
                       'comment ' || pg_catalog.obj_description(t.oid, 'pg_type'))
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
            WHERE (c.oid IS NULL OR c.relkind = 'c') AND t.typtype IN ('e', 'd', 'r', 'c', 'b') AND t.typcategory <> 'A' AND
            """ + " " + OURS + " AND " + notOfExtension("pg_type", "t.oid");

    private static final String POLICIES = """
            SELECT pg_catalog.format('policy %I on %I.%I', p.policyname, n.nspname, p.tablename),
                   pg_catalog.concat_ws(' ', p.permissive, p.roles::text, p.cmd, 'using ' || p.qual, 'check ' || p.with_check)
            FROM pg_catalog.pg_policies p JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname
            WHERE
            """ + " " + OURS;

    private static final String RULES = """
            SELECT pg_catalog.format('rule %I on %s', r.rulename, r.ev_class::regclass), pg_catalog.pg_get_ruledef(r.oid)
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE r.rulename <> '_RETURN' AND
            """ + " " + OURS;

    private static final String DEFAULT_GRANTS = """
            SELECT pg_catalog.format('default grants of %s in %s on %s', pg_catalog.pg_get_userbyid(d.defaclrole),
                       COALESCE(n.nspname, '*'), d.defaclobjtype), d.defaclacl::text
            FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
            """;

    /** In whatever order: their results are sorted together. */
    static final List<String> ALL = List.of(
            SCHEMAS,
            EXTENSIONS,
            RELATIONS,
            COLUMNS,
            CONSTRAINTS,
            INDEXES,
            SEQUENCES,
            FUNCTIONS,
            TRIGGERS,
            TYPES,
            POLICIES,
            RULES,
            DEFAULT_GRANTS);

    private SchemaQueries() {}

    private static String notOfExtension(String catalog, String oid) {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog." + catalog
                + "'::regclass AND x.objid = " + oid + " AND x.deptype = 'e')";
    }
}
