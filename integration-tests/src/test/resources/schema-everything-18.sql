-- What PostgreSQL 17 and 18 added to relations.
CREATE TABLE lots (
    id int CONSTRAINT has_id NOT NULL,
    price numeric NOT NULL NO INHERIT,
    tax numeric GENERATED ALWAYS AS (price * 0.2) VIRTUAL,
    room int4range,
    valid_at daterange,
    CONSTRAINT lots_pkey PRIMARY KEY (id, valid_at WITHOUT OVERLAPS),
    CONSTRAINT lots_price CHECK (price > 0) NOT ENFORCED
);
CREATE TABLE bids (
    id int PRIMARY KEY,
    lot int,
    valid_at daterange,
    CONSTRAINT bids_lot_fkey FOREIGN KEY (lot, PERIOD valid_at) REFERENCES lots (id, PERIOD valid_at)
);
ALTER TABLE bids ADD CONSTRAINT bids_lot_not_null NOT NULL lot NOT VALID;
COMMENT ON CONSTRAINT has_id ON lots IS 'a lot has one';
CREATE TABLE more_lots (extra text) INHERITS (lots);
CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, day date) PARTITION BY RANGE (day) USING heap2;
CREATE TABLE numbered_1 PARTITION OF numbered FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
GRANT MAINTAIN ON lots TO schema_reader;
