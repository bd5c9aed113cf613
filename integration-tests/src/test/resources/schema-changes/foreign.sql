-- Foreign-data wrappers, servers, user mappings. Secrets are not in a snapshot: that they change can't be tried here.
CREATE FOREIGN DATA WRAPPER wire OPTIONS (debug 'true', password 'wrapped');
CREATE SERVER far FOREIGN DATA WRAPPER wire OPTIONS (host 'example.org', port '5432');
CREATE USER MAPPING FOR schema_reader SERVER far OPTIONS ("user" 'bob', password 'mapped');

--- foreign data wrapper radio | added
CREATE FOREIGN DATA WRAPPER radio;

--- foreign data wrapper wire | handler
--- function public.handle() | added
CREATE FUNCTION handle() RETURNS fdw_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
ALTER FOREIGN DATA WRAPPER wire HANDLER handle;

--- foreign data wrapper wire | validator
ALTER FOREIGN DATA WRAPPER wire VALIDATOR postgresql_fdw_validator;

--- foreign data wrapper wire | options
ALTER FOREIGN DATA WRAPPER wire OPTIONS (SET debug 'false');

--- foreign data wrapper wire | options
ALTER FOREIGN DATA WRAPPER wire OPTIONS (DROP password);

--- nothing
ALTER FOREIGN DATA WRAPPER wire OPTIONS (DROP debug);
ALTER FOREIGN DATA WRAPPER wire OPTIONS (ADD debug 'true');

--- foreign data wrapper wire | owner
ALTER ROLE schema_writer SUPERUSER;
ALTER FOREIGN DATA WRAPPER wire OWNER TO schema_writer;
ALTER ROLE schema_writer NOSUPERUSER;

--- foreign data wrapper wire | grants
GRANT USAGE ON FOREIGN DATA WRAPPER wire TO schema_writer;

--- foreign data wrapper wire | comment
COMMENT ON FOREIGN DATA WRAPPER wire IS 'two of copper';

--- server far | removed
DROP SERVER far CASCADE;

--- server near | added
CREATE SERVER near TYPE 'db' VERSION '1' FOREIGN DATA WRAPPER wire;

--- server far | options
ALTER SERVER far OPTIONS (SET host 'example.com');

--- server far | version
ALTER SERVER far VERSION '2';

--- server far | type
--- user mapping schema_reader on server far | removed
DROP SERVER far CASCADE;
CREATE SERVER far TYPE 'db' FOREIGN DATA WRAPPER wire OPTIONS (host 'example.org', port '5432');

--- foreign data wrapper radio | added
--- server far | wrapper
--- user mapping schema_reader on server far | removed
CREATE FOREIGN DATA WRAPPER radio;
DROP SERVER far CASCADE;
CREATE SERVER far FOREIGN DATA WRAPPER radio OPTIONS (host 'example.org', port '5432');

--- server far | owner
ALTER SERVER far OWNER TO schema_writer;

--- server far | grants
GRANT USAGE ON FOREIGN SERVER far TO schema_writer WITH GRANT OPTION;

--- server far | comment
COMMENT ON SERVER far IS 'behind the hills';

--- user mapping public on server far | added
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS ("user" 'anybody');

--- user mapping schema_reader on server far | removed
DROP USER MAPPING FOR schema_reader SERVER far;

--- user mapping schema_reader on server far | options
ALTER USER MAPPING FOR schema_reader SERVER far OPTIONS (SET "user" 'alice');

--- user mapping schema_reader on server far | options
ALTER USER MAPPING FOR schema_reader SERVER far OPTIONS (ADD token 'x');
