package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a table, taken before a step that takes something from it.
 *
 * @param id its number
 * @param oid the table's
 * @param before the table's columns
 */
record Image(long id, long oid, Shape before) {
    /** Lets nobody write to the table until the transaction ends, and copies it. */
    static Image take(Server server, Store store, Look.Seen table) throws FailedStatement {
        server.execute("lock table only " + table.name() + " in share row exclusive mode");
        Shape shape = Shape.of(server, table.name()).orElseThrow();
        Image image = new Image(store.next(), table.oid(), shape);
        List<String> columns = new ArrayList<>();
        for (Shape.Column column : shape.columns()) {
            columns.add(column.copied() + " as b" + column.number());
        }
        server.execute("create table " + image.rows() + " as select " + String.join(", ", columns) + " from only "
                + table.name() + " t");
        return image;
    }

    String rows() {
        return "belay.image_" + id;
    }
}
