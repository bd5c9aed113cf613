-- What PostgreSQL 16 to 18 added to relations.
CREATE EXTENSION btree_gist;
CREATE TABLE lots (
    id int CONSTRAINT has_id NOT NULL,
    price numeric NOT NULL,
    tax numeric GENERATED ALWAYS AS (price * 0.2) VIRTUAL,
    valid_at daterange,
    CONSTRAINT lots_pkey PRIMARY KEY (id, valid_at WITHOUT OVERLAPS),
    CONSTRAINT cheap CHECK (price < 9) NOT ENFORCED
);
CREATE TABLE bids (
    id int,
    lot int,
    valid_at daterange,
    CONSTRAINT bids_lot_fkey FOREIGN KEY (lot, PERIOD valid_at) REFERENCES lots (id, PERIOD valid_at)
);
CREATE TABLE more_lots (extra text) INHERITS (lots);

--- column public.lots.id | not null
ALTER TABLE lots RENAME CONSTRAINT has_id TO lots_id_not_null;

--- column public.lots.price | not null
ALTER TABLE lots RENAME CONSTRAINT lots_price_not_null TO has_price;

--- column public.bids.lot | not null
ALTER TABLE bids ADD CONSTRAINT bids_lot_not_null NOT NULL lot NOT VALID;

--- column public.bids.lot | not null
ALTER TABLE bids ADD CONSTRAINT bids_lot_not_null NOT NULL lot NO INHERIT;

--- column public.lots.id | not null comment
COMMENT ON CONSTRAINT has_id ON lots IS 'a lot has one';

--- column public.more_lots.price | not null
ALTER TABLE more_lots ALTER COLUMN price SET NOT NULL;

--- column public.lots.tax | generated
--- constraint cheap on public.lots | removed
--- column public.more_lots.tax | generated
ALTER TABLE lots DROP CONSTRAINT cheap;
ALTER TABLE lots ALTER COLUMN tax SET EXPRESSION AS (price * 0.3);

--- constraint cheap on public.lots | definition
ALTER TABLE lots DROP CONSTRAINT cheap, ADD CONSTRAINT cheap CHECK (price < 9);

--- constraint bids_lot_fkey on public.bids | definition
ALTER TABLE bids DROP CONSTRAINT bids_lot_fkey,
    ADD CONSTRAINT bids_lot_fkey FOREIGN KEY (lot, PERIOD valid_at) REFERENCES lots (id, PERIOD valid_at) NOT ENFORCED;

--- constraint lots_pkey on public.lots | definition
--- constraint bids_lot_fkey on public.bids | removed
ALTER TABLE bids DROP CONSTRAINT bids_lot_fkey;
ALTER TABLE lots DROP CONSTRAINT lots_pkey, ADD CONSTRAINT lots_pkey PRIMARY KEY (id, valid_at);

--- table public.lots | grants
GRANT MAINTAIN ON lots TO schema_reader;
