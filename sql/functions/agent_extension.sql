create or replace function voip.agent_extension(interface text) returns text
language sql immutable parallel safe
as $$ select substring(interface from '^[A-Za-z0-9]+/([0-9]+)(?:[@/;-].*)?$') $$;

comment on function voip.agent_extension is 'The extension in an interface: 101 in PJSIP/101 and Local/101@agents/n; NULL for a name.';
