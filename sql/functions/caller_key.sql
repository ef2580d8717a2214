-- In countries that changed their numbers, or in which mobiles are dialled differently from abroad, a subscriber has
-- two forms, and trunks and users write either. The countries and forms are the same as in SubscriberForms.swift, where
-- they are explained; here every form is converted to the older one.
create or replace function voip.caller_key(e164 text, written text) returns text
language sql immutable parallel safe
as $$
    select case
        when e164 is null then written
        when left(e164, 3) not in ('+55', '+54', '+52', '+57', '+56', '+84', '+22', '+23', '+59') then e164
        else case
            when e164 ~ '^\+55\d{2}9[6-9]\d{7}$' then left(e164, 5) || right(e164, 8)
            when e164 ~ '^\+549\d{10}$' then '+54' || right(e164, 10)
            when e164 ~ '^\+54[1-8]\d{11}$' then regexp_replace(e164, '^(\+54\d{2,4}?)15', '\1')
            when e164 ~ '^\+521\d{10}$' then '+52' || right(e164, 10)
            when e164 ~ '^\+5760[1-8]\d{7}$' then '+57' || right(e164, 8)
            when e164 ~ '^\+5622\d{7}$' then '+56' || right(e164, 8)
            when e164 ~ '^\+5939[89]\d{7}$' then '+593' || right(e164, 8)
            when e164 ~ '^\+22901\d{8}$' then '+229' || right(e164, 8)
            when e164 ~ '^\+225(01|05|07|21|25|27)\d{8}$' then '+225' || right(e164, 8)
            when e164 ~ '^\+237(2[23]|6[5-9])\d{7}$' then '+237' || right(e164, 8)
            when e164 ~ '^\+2305[79]\d{6}$' then '+230' || right(e164, 7)
            when e164 ~ '^\+84(3[2-9]|5[689]|7[06-9]|8[1-5])\d{7}$' then '+84' || case substr(e164, 4, 2)
                when '32' then '162' when '33' then '163' when '34' then '164' when '35' then '165' when '36' then '166'
                when '37' then '167' when '38' then '168' when '39' then '169' when '70' then '120' when '79' then '121'
                when '77' then '122' when '76' then '126' when '78' then '128' when '83' then '123' when '84' then '124'
                when '85' then '125' when '81' then '127' when '82' then '129' when '56' then '186' when '58' then '188'
                else '199'
            end || right(e164, 7)
            else e164
        end
    end
$$;

comment on function voip.caller_key is 'Identifies a caller across calls: the number as E.164, the same for all forms of a subscriber''s number, or the number as written if it has no E.164 form.';
