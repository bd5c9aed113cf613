-- belay:revision 7c31d2e8
-- belay:parents 4f2a9c01
-- belay:description Require an e-mail address of patients

-- belay:upgrade
-- Fine on the developer's machine. But real patients came without an e-mail address.
ALTER TABLE patients ALTER COLUMN email SET NOT NULL;

-- belay:downgrade
ALTER TABLE patients ALTER COLUMN email DROP NOT NULL;
