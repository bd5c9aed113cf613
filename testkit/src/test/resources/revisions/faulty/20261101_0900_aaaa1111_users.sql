-- belay:revision aaaa1111
-- belay:upgrade
CREATE TABLE users (id int PRIMARY KEY, age int DEFAULT 0);
CREATE INDEX users_age_idx ON users (age);
CREATE TABLE audit (at timestamptz);
-- belay:downgrade
DROP TABLE users;
