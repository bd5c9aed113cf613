package dev.belay.postgres.sample;

import dev.belay.postgres.sample.SampleTypes.SampleType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Which values a type has to offer, as text, each once; those of a domain satisfy it. */
final class Pools {
    /** A build of the server may lack it, or it depends on the locale: the server says what it reads. */
    private static final Set<String> UNSURE = Set.of("xml", "money");

    private final SampleTypes types;
    private final Scalars scalars;
    private final Filter filter;
    private final int size;
    private final long seed;
    private final Map<String, List<String>> known = new HashMap<>();

    /** With so many values that differ, as far as a type has them. */
    Pools(SampleTypes types, Scalars scalars, Filter filter, int size, long seed) {
        this.types = types;
        this.scalars = scalars;
        this.filter = filter;
        this.size = size;
        this.seed = seed;
    }

    /**
     * Values for a column.
     *
     * @param distinct whether those come first that are meant for keys
     * @param conditions what mentions the column; their constants come first of all
     */
    List<String> of(long type, int typmod, boolean distinct, List<String> conditions) throws SQLException {
        Set<String> all = new LinkedHashSet<>();
        for (String condition : conditions) {
            all.addAll(new Constants(condition, new Random(seed)).suggest(types.scalar(type), typmod));
        }
        boolean sure = all.isEmpty() || Constants.areSure(types.scalar(type)) && !types.isDomain(type);
        List<String> pool = new ArrayList<>(sure ? all : readable(type, List.copyOf(all)));
        pool.addAll(of(type, typmod, distinct));
        return List.copyOf(new LinkedHashSet<>(pool));
    }

    private List<String> of(long type, int typmod, boolean distinct) throws SQLException {
        String key = type + "/" + typmod + "/" + distinct;
        List<String> pool = known.get(key);
        if (pool == null) {
            pool = List.copyOf(new LinkedHashSet<>(make(type, typmod, distinct)));
            known.put(key, pool);
        }
        return pool;
    }

    private List<String> make(long oid, int typmod, boolean distinct) throws SQLException {
        Optional<SampleType> known = types.get(oid);
        return known.isEmpty() ? List.of() : make(oid, known.get(), typmod, distinct);
    }

    private List<String> make(long oid, SampleType type, int typmod, boolean distinct) throws SQLException {
        return switch (type.kind()) {
            case "d" -> domain(oid, type, distinct);
            case "e" -> type.labels();
            case "c" -> composite(type);
            case "r" -> range(oid, type);
            case "m" -> multirange(type);
            default -> type.element() == 0 ? plain(oid, type, typmod, distinct) : array(type, typmod);
        };
    }

    /** Constants in the domain's conditions come first; the server says what satisfies them. */
    private List<String> domain(long oid, SampleType type, boolean distinct) throws SQLException {
        Set<String> all = new LinkedHashSet<>();
        for (String check : type.checks()) {
            all.addAll(new Constants(check, new Random(seed)).suggest(types.scalar(oid), type.typmod()));
        }
        all.addAll(of(type.base(), type.typmod(), distinct));
        return readable(oid, List.copyOf(all));
    }

    private List<String> plain(long oid, SampleType type, int typmod, boolean distinct) throws SQLException {
        List<String> telling = scalars.telling(type.name(), typmod);
        List<String> numbered = IntStream.range(0, size)
                .mapToObj(i -> scalars.numbered(type.name(), typmod, i))
                .toList();
        List<String> all = new ArrayList<>(distinct ? numbered : telling);
        all.addAll(distinct ? telling : numbered);
        return type.builtin() && scalars.knows(type.name()) && !UNSURE.contains(type.name()) ? all : readable(oid, all);
    }

    private List<String> array(SampleType type, int typmod) throws SQLException {
        List<String> elements = of(type.element(), typmod, false);
        List<String> all = new ArrayList<>();
        if (elements.size() > 1) {
            String some = Cells.part(elements.get(0)) + "," + Cells.part(elements.get(1));
            all.add("{" + some + (types.isMandatory(type.element()) ? "" : ",NULL") + "}");
        }
        all.add("{}");
        elements.forEach(element -> all.add("{" + Cells.part(element) + "}"));
        return all;
    }

    private List<String> composite(SampleType type) throws SQLException {
        List<List<String>> fields = new ArrayList<>();
        for (SampleTypes.Part field : type.fields()) {
            fields.add(of(field.type(), field.typmod(), false));
        }
        List<String> all = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                List<String> values = fields.get(i);
                boolean absent = values.isEmpty()
                        || row % 4 == 1
                                && !types.isMandatory(type.fields().get(i).type());
                parts.add(absent ? "" : Cells.part(values.get(row % values.size())));
            }
            all.add("(" + String.join(",", parts) + ")");
        }
        return all;
    }

    /** No two of them overlap, but for the unbounded one at the end. */
    private List<String> range(long oid, SampleType type) throws SQLException {
        List<String> all = new ArrayList<>();
        List<String> bounds = of(type.part(), -1, true);
        String subtype = types.scalar(type.part());
        boolean ordered = !subtype.isEmpty();
        for (int i = 0; i < size; i++) {
            int next = i * 2;
            String low = ordered ? scalars.numbered(subtype, -1, next) : bounds.get(next % bounds.size());
            String high = ordered ? scalars.numbered(subtype, -1, next + 1) : bounds.get((next + 1) % bounds.size());
            all.add("[" + Cells.part(low) + "," + Cells.part(high) + ")");
        }
        all.add("empty");
        all.add("(,)");
        return readable(oid, all);
    }

    private List<String> multirange(SampleType type) throws SQLException {
        List<String> ranges = of(type.part(), -1, true);
        List<String> all = new ArrayList<>();
        for (int i = 0; i + 1 < ranges.size() - 2; i += 2) {
            all.add("{" + ranges.get(i) + "," + ranges.get(i + 1) + "}");
        }
        all.add("{}");
        return all;
    }

    /** Those that the type takes; of a domain those that satisfy it and all below it. */
    private List<String> readable(long oid, List<String> values) throws SQLException {
        SampleType type = types.get(oid).orElseThrow();
        if (!type.kind().equals("d")) {
            return filter.readable(type.declared(), List.of(), values);
        }
        return filter.readable(type.under(), type.checks(), readable(type.base(), values));
    }
}
