-- belay:revision c5d17b44
-- belay:parents 4f2a9c01
-- belay:description Allow walk-in appointments without a patient

-- belay:upgrade
ALTER TABLE appointments ALTER COLUMN patient_id DROP NOT NULL;

-- belay:downgrade
-- Works as long as nobody has used what the upgrade allows.
ALTER TABLE appointments ALTER COLUMN patient_id SET NOT NULL;
