-- All forms of a subscriber's number, for a lookup by index: those that share a voip.caller_key. The countries are the
-- same as there; a form that the country never used finds nothing.
create or replace function voip.caller_forms(e164 text) returns text[]
language sql immutable parallel safe
as $$
    select case left(k.key, 3)
        when '+55' then array[k.key, regexp_replace(k.key, '^(\+55\d{2})([6-9]\d{7})$', '\19\2')]
        when '+54' then array[
            k.key, '+549' || substr(k.key, 4), regexp_replace(k.key, '^(\+54\d{2})(\d{8})$', '\115\2'),
            regexp_replace(k.key, '^(\+54\d{3})(\d{7})$', '\115\2'), regexp_replace(k.key, '^(\+54\d{4})(\d{6})$', '\115\2')]
        when '+52' then array[k.key, '+521' || substr(k.key, 4)]
        when '+57' then array[k.key, '+5760' || substr(k.key, 4)]
        when '+56' then array[k.key, '+562' || substr(k.key, 4)]
        when '+59' then array[k.key, regexp_replace(k.key, '^\+593([89]\d{7})$', '+5939\1')]
        when '+22' then array[
            k.key, regexp_replace(k.key, '^\+229(\d{8})$', '+22901\1'), regexp_replace(k.key, '^\+225(\d{8})$', '+22501\1'),
            regexp_replace(k.key, '^\+225(\d{8})$', '+22505\1'), regexp_replace(k.key, '^\+225(\d{8})$', '+22507\1'),
            regexp_replace(k.key, '^\+225(\d{8})$', '+22521\1'), regexp_replace(k.key, '^\+225(\d{8})$', '+22525\1'),
            regexp_replace(k.key, '^\+225(\d{8})$', '+22527\1')]
        when '+23' then array[
            k.key, regexp_replace(k.key, '^\+237(\d{8})$', '+2372\1'), regexp_replace(k.key, '^\+237(\d{8})$', '+2376\1'),
            regexp_replace(k.key, '^\+230([79]\d{6})$', '+2305\1')]
        when '+84' then array[
            k.key,
            '+84' || case substr(k.key, 4, 3)
                when '162' then '32' when '163' then '33' when '164' then '34' when '165' then '35' when '166' then '36'
                when '167' then '37' when '168' then '38' when '169' then '39' when '120' then '70' when '121' then '79'
                when '122' then '77' when '126' then '76' when '128' then '78' when '123' then '83' when '124' then '84'
                when '125' then '85' when '127' then '81' when '129' then '82' when '186' then '56' when '188' then '58'
                when '199' then '59' else substr(k.key, 4, 3)
            end || substr(k.key, 7)]
        else array[k.key]
    end
    from (values (voip.caller_key(e164, e164))) as k (key)
$$;

comment on function voip.caller_forms is 'The forms of a subscriber''s number, as E.164: all numbers that have its voip.caller_key, for a lookup by index.';
