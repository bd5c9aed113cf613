-- The clinic as it is before Belay ever sees it: made-up rows, the same each time.
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    role text NOT NULL CHECK (role IN ('doctor', 'nurse', 'reception'))
);
CREATE TABLE patients (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    born date NOT NULL,
    email text
);
CREATE TABLE appointments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id bigint NOT NULL REFERENCES patients,
    user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'booked'
);
CREATE INDEX appointments_patient_id ON appointments (patient_id);
CREATE INDEX appointments_user_id ON appointments (user_id);

INSERT INTO users (name, role)
SELECT 'User ' || n, (ARRAY['doctor', 'nurse', 'reception'])[1 + n % 3]
FROM generate_series(1, 40) n;

INSERT INTO patients (name, born, email)
SELECT 'Patient ' || n, date '1940-01-01' + n * 9, CASE WHEN n % 20 <> 0 THEN 'patient' || n || '@example.org' END
FROM generate_series(1, 3000) n;

INSERT INTO appointments (patient_id, user_id, at, status)
SELECT 1 + n % 3000, 1 + n % 40, timestamptz '2026-01-05 08:00+00' + n * interval '20 minutes',
    (ARRAY['booked', 'kept', 'cancelled'])[1 + n % 3]
FROM generate_series(1, 6000) n;

ANALYZE;
