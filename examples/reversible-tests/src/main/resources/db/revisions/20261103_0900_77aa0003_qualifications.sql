-- belay:revision 77aa0003
-- belay:parents 4f2a9c01
-- belay:upgrade
CREATE TABLE qualifications (
    employee_id bigint NOT NULL REFERENCES employees ON DELETE CASCADE,
    title text NOT NULL,
    PRIMARY KEY (employee_id, title)
);
CREATE INDEX qualifications_title_idx ON qualifications (title);
-- belay:downgrade
DROP TABLE qualifications;
