package dev.belay.strategies;

// tag::validator[]
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** No room is booked twice at the same time. */
public record NoDoubleBookings() implements Validator {
    private static final String COUNT = """
            SELECT count(*) FROM bookings a JOIN bookings b
              ON a.room = b.room AND a.id < b.id AND a.during && b.during
            """;

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        try (Statement statement = context.connection().createStatement();
                ResultSet rows = statement.executeQuery(COUNT)) {
            rows.next();
            long twice = rows.getLong(1);
            return twice == 0
                    ? List.of()
                    : List.of(Finding.critical(name(), twice + " bookings overlap.", "Correct them, then try again."));
        }
    }
}
// end::validator[]
