-- belay:revision bbbb2222
-- belay:parents aaaa1111
-- belay:upgrade
ALTER TABLE users DROP COLUMN age;
-- belay:downgrade
ALTER TABLE users ADD COLUMN age int;
