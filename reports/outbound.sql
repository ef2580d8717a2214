-- title: Outbound calls
-- description: Who called where: one row per period, PBX, agent or extension, and country of the destination.
-- parameter: window_from timestamptz: First moment of the window.
-- parameter: window_to timestamptz: First moment after the window.
-- parameter: periods timestamptz[]: Beginnings of the window's periods, in order.
-- parameter: timezone text: IANA name of the zone that the periods are made for.
-- parameter: agent text = null: Only this agent: name or extension.
-- parameter: pbx text = null: Only this PBX.
-- parameter: totals boolean = false: Whether a last row covers all agents, countries and periods.
-- column: period_start timestamp "from": Beginning of the period, inclusive.
-- column: period_end timestamp "until": End of the period, exclusive.
-- column: timezone text: Zone of the periods.
-- column: agent text "agent or extension": The agent who was last seen at the extension, else the extension; empty if the legs show none.
-- column: extension text: The extension that called.
-- column: country text: The country of the number by its calling code, as in ISO 3166; US/CA for +1, which 25 countries share; empty for numbers without an E.164 form.
-- column: calls integer: Outbound calls that started in the period.
-- column: answered integer: Calls that were answered.
-- column: no_answer integer "no answer": Calls that nobody answered.
-- column: busy integer: Calls that found the line busy.
-- column: failed integer: Calls that could not be connected.
-- column: answered_pct percent "answered, % of calls": answered / calls.
-- column: talk_total_s duration "talk": Talk time of the answered calls.
-- column: talk_avg_s average "mean talk": talk_total_s / answered.
-- column: unique_numbers integer "numbers": Distinct numbers called.
-- column: pbx text "PBX": The PBX of the calls.
-- check: calls = answered + no_answer + busy + failed
with period as (
    select n, begins, lead(begins, 1, :window_to) over (order by n) as ends
    from unnest(:periods) with ordinality as list (begins, n)
),
code as (
    select split_part(entry, ':', 1) as code, split_part(entry, ':', 2) as country
    from regexp_split_to_table('1:US/CA 20:EG 211:SS 212:MA 213:DZ 216:TN 218:LY 220:GM 221:SN 222:MR 223:ML 224:GN 225:CI 226:BF 227:NE 228:TG 229:BJ
        230:MU 231:LR 232:SL 233:GH 234:NG 235:TD 236:CF 237:CM 238:CV 239:ST 240:GQ 241:GA 242:CG 243:CD 244:AO 245:GW 246:IO 247:AC
        248:SC 249:SD 250:RW 251:ET 252:SO 253:DJ 254:KE 255:TZ 256:UG 257:BI 258:MZ 260:ZM 261:MG 262:RE 263:ZW 264:NA 265:MW 266:LS
        267:BW 268:SZ 269:KM 27:ZA 290:SH 291:ER 297:AW 298:FO 299:GL 30:GR 31:NL 32:BE 33:FR 34:ES 350:GI 351:PT 352:LU 353:IE 354:IS
        355:AL 356:MT 357:CY 358:FI 359:BG 36:HU 370:LT 371:LV 372:EE 373:MD 374:AM 375:BY 376:AD 377:MC 378:SM 379:VA 380:UA 381:RS
        382:ME 383:XK 385:HR 386:SI 387:BA 389:MK 39:IT 40:RO 41:CH 420:CZ 421:SK 423:LI 43:AT 44:GB 45:DK 46:SE 47:NO 48:PL 49:DE
        500:FK 501:BZ 502:GT 503:SV 504:HN 505:NI 506:CR 507:PA 508:PM 509:HT 51:PE 52:MX 53:CU 54:AR 55:BR 56:CL 57:CO 58:VE 590:GP
        591:BO 592:GY 593:EC 594:GF 595:PY 596:MQ 597:SR 598:UY 599:CW 60:MY 61:AU 62:ID 63:PH 64:NZ 65:SG 66:TH 670:TL 672:NF 673:BN
        674:NR 675:PG 676:TO 677:SB 678:VU 679:FJ 680:PW 681:WF 682:CK 683:NU 685:WS 686:KI 687:NC 688:TV 689:PF 690:TK 691:FM 692:MH
        7:RU 76:KZ 77:KZ 81:JP 82:KR 84:VN 850:KP 852:HK 853:MO 855:KH 856:LA 86:CN 880:BD 886:TW 90:TR 91:IN 92:PK 93:AF 94:LK 95:MM
        960:MV 961:LB 962:JO 963:SY 964:IQ 965:KW 966:SA 967:YE 968:OM 970:PS 971:AE 972:IL 973:BH 974:QA 975:BT 976:MN 977:NP 98:IR
        992:TJ 993:TM 994:AZ 995:GE 996:KG 998:UZ', '\s+') as entry
),
-- An extension belongs to the agent seen there last.
person as (
    select distinct on (pbx_id, extension) pbx_id, extension, agent
    from voip.agents
    where extension is not null
    order by pbx_id, extension, seen_at desc nulls last, agent
),
call as (
    select c.pbx_id, c.extension, coalesce(p.agent, c.extension) as agent, coalesce(c3.country, c2.country, c1.country) as country,
        width_bucket(c.started_at, :periods) as period, c.disposition, c.talk_s,
        nullif(voip.caller_key(c.customer_e164, c.customer), '') as number
    from voip.call as c
    left join person as p on p.pbx_id = c.pbx_id and p.extension = c.extension
    left join code as c3 on c3.code = substr(c.customer_e164, 2, 3)
    left join code as c2 on c2.code = substr(c.customer_e164, 2, 2)
    left join code as c1 on c1.code = substr(c.customer_e164, 2, 1)
    where c.started_at >= :window_from and c.started_at < :window_to and c.direction = 'outbound'
        and (:pbx is null or c.pbx_id = (select pbx_id from voip.pbx where name = :pbx))
        and (:agent is null or p.agent = :agent or c.extension = :agent)
),
line as (
    select p.begins, p.ends, c.agent, c.extension, c.country, count(*) as calls,
        count(*) filter (where disposition = 'answered') as answered,
        count(*) filter (where disposition = 'no_answer') as no_answer, count(*) filter (where disposition = 'busy') as busy,
        count(*) filter (where disposition = 'failed') as failed,
        coalesce(sum(talk_s) filter (where disposition = 'answered'), 0) as talk_s, count(distinct number) as numbers,
        b.name as pbx
    from call as c
    join period as p on p.n = c.period
    join voip.pbx as b on b.pbx_id = c.pbx_id
    group by p.begins, p.ends, c.agent, c.extension, c.country, b.name
),
total as (
    select null::timestamptz, null::timestamptz, null, null, null, sum(calls)::bigint, sum(answered)::bigint,
        sum(no_answer)::bigint, sum(busy)::bigint, sum(failed)::bigint, sum(talk_s)::bigint,
        (select count(distinct number) from call), case when min(pbx) = max(pbx) then min(pbx) end
    from line
    having :totals and count(*) > 1
)
select begins as period_start, ends as period_end, :timezone as timezone, agent, extension, country, calls, answered, no_answer,
    busy, failed, round(100.0 * answered / nullif(calls, 0), 1) as answered_pct, talk_s as talk_total_s,
    round(talk_s::numeric / nullif(answered, 0), 1) as talk_avg_s, numbers as unique_numbers, pbx
from (select * from line union all select * from total) as f
order by begins nulls last, agent nulls last, extension nulls last, calls desc, country nulls last, pbx
