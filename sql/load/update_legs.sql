-- A later version of a leg replaces the earlier one; what it leaves empty does not erase what another source gave.
with incoming as (
    select i.*, t.ctid as place
    from incoming_leg i
    join voip.cdr t
        on t.uniqueid = case when i.is_nameless then '' else i.uniqueid end
        and t.leg_no = i.stored_leg_no and t.pbx_id = i.pbx_id
),
merged as (
    select
        i.place, i.uniqueid,
        i.content_hash, i.row_hash, i.start_at, i.duration_s, i.billsec_s,
        case when i.sequence is null then t.leg_no else i.leg_no end as leg_no,
        -- Lengths that did not change say nothing new about times that were given.
        case when i.is_derived and (t.start_at, t.duration_s, t.billsec_s) = (i.start_at, i.duration_s, i.billsec_s)
            then coalesce(t.answer_at, i.answer_at) else i.answer_at end as answer_at,
        case when i.is_derived and (t.start_at, t.duration_s, t.billsec_s) = (i.start_at, i.duration_s, i.billsec_s)
            then coalesce(t.end_at, i.end_at) else i.end_at end as end_at,
        coalesce(i.amaflags, t.amaflags) as amaflags,
        coalesce(i.sequence, t.sequence) as sequence,
        {{texts}}
    from incoming i
    join voip.cdr t on t.ctid = i.place
)
update voip.cdr t
set (uniqueid, leg_no, content_hash, row_hash, start_at, answer_at, end_at, amaflags, duration_s, billsec_s, sequence, {{names}})
    = (m.uniqueid, m.leg_no, m.content_hash, m.row_hash, m.start_at, m.answer_at, m.end_at, m.amaflags, m.duration_s, m.billsec_s,
       m.sequence, {{merged_names}})
from merged m
where t.ctid = m.place
  and (t.uniqueid, t.leg_no, t.start_at, t.answer_at, t.end_at, t.amaflags, t.duration_s, t.billsec_s, t.sequence, {{stored_names}})
      is distinct from
      (m.uniqueid, m.leg_no, m.start_at, m.answer_at, m.end_at, m.amaflags, m.duration_s, m.billsec_s, m.sequence, {{merged_names}})
returning t.call_id
