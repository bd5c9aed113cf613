-- belay:revision cccc3333
-- belay:parents aaaa1111
-- belay:upgrade
DELETE FROM users;
-- belay:irreversible the users are gone
