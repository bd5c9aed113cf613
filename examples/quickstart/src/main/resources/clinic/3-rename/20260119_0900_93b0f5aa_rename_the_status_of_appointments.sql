-- belay:revision 93b0f5aa
-- belay:parents 4f2a9c01
-- belay:description Rename the status of appointments

-- belay:upgrade
-- Correct SQL, in both directions. But the application that is running still asks for "status".
ALTER TABLE appointments RENAME COLUMN status TO state;

-- belay:downgrade
ALTER TABLE appointments RENAME COLUMN state TO status;
