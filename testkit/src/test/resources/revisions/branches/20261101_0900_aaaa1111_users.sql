-- belay:revision aaaa1111
-- belay:upgrade
CREATE TABLE users (id int PRIMARY KEY);
-- belay:downgrade
DROP TABLE users;
