-- What depends on the order in which it is created.
CREATE INDEX events_day_only ON ONLY events (day);
CREATE INDEX events_2024_day ON events_2024 (day);
ALTER INDEX events_day_only ATTACH PARTITION events_2024_day;
