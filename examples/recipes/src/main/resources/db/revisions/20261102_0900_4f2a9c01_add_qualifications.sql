-- belay:revision 4f2a9c01
-- belay:parents 1b77e000
-- belay:description Add qualifications to employees

-- belay:upgrade
ALTER TABLE employees ADD COLUMN qualifications text[] NOT NULL DEFAULT '{}';

-- belay:downgrade
ALTER TABLE employees DROP COLUMN qualifications;
