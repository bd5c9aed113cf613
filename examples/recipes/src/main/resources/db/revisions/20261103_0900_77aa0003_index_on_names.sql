-- belay:revision 77aa0003
-- belay:parents 4f2a9c01
-- belay:description Index on names, built while the application goes on

-- belay:upgrade no-transaction
CREATE INDEX CONCURRENTLY employees_name ON employees (name);

-- belay:downgrade no-transaction
DROP INDEX CONCURRENTLY employees_name;
