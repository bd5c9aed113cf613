-- belay:revision 1b77e000
-- belay:description Employees

-- belay:upgrade
CREATE TABLE employees (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  hired_on date NOT NULL DEFAULT current_date
);

-- belay:downgrade
DROP TABLE employees;
