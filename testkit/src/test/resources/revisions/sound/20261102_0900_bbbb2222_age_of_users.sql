-- belay:revision bbbb2222
-- belay:parents aaaa1111
-- belay:upgrade
ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 0;
-- belay:downgrade
ALTER TABLE users DROP COLUMN age;
