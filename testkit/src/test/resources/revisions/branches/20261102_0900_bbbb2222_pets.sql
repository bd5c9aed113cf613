-- belay:revision bbbb2222
-- belay:parents aaaa1111
-- belay:upgrade
CREATE TABLE pets (id int PRIMARY KEY);
-- belay:downgrade
DROP TABLE pets;
