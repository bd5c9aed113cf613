-- belay:revision 4f2a9c01
-- belay:description Add qualifications to users

-- belay:upgrade
ALTER TABLE users ADD COLUMN qualifications text[] NOT NULL DEFAULT '{}';
CREATE TABLE certificates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users,
    title text NOT NULL
);
CREATE INDEX certificates_user_id ON certificates (user_id);

-- belay:downgrade
DROP TABLE certificates;
ALTER TABLE users DROP COLUMN qualifications;
