-- belay:revision aaaa1111
-- belay:upgrade
CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
-- belay:downgrade
DROP TABLE users;
