-- belay:revision 1b77e000
-- belay:upgrade
CREATE TABLE employees (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);
-- belay:downgrade
DROP TABLE employees;
