-- belay:revision 4f2a9c01
-- belay:parents 1b77e000
-- belay:upgrade
ALTER TABLE employees ADD COLUMN last_name text;
UPDATE employees
SET last_name = substring(name FROM position(' ' IN name) + 1), name = split_part(name, ' ', 1)
WHERE position(' ' IN name) > 0;
-- belay:downgrade
UPDATE employees SET name = name || ' ' || last_name WHERE last_name IS NOT NULL;
ALTER TABLE employees DROP COLUMN last_name;
