-- What people do about callers who were lost: who takes care of one, and what came of it. Whether anybody has spoken to the caller
-- is not kept: the calls say it.

create table voip.callback (
    pbx_id      smallint not null references voip.pbx (pbx_id),
    caller_key  text not null,                  -- as voip.caller_key
    claimed_by  text,
    claimed_at  timestamptz,
    done_by     text,
    done_at     timestamptz,
    note        text,
    changed_at  timestamptz not null,
    primary key (pbx_id, caller_key)
);

comment on table voip.callback is 'One row per caller about whom somebody did something: who takes care of them, and when they were done.';
comment on column voip.callback.caller_key is 'The caller, as voip.caller_key: the number as E.164, else as written.';
comment on column voip.callback.claimed_by is 'The user who takes care of the caller; NULL for nobody.';
comment on column voip.callback.claimed_at is 'Since when. It is about calls that were lost before and not answered for since.';
comment on column voip.callback.done_by is 'The user who put an end to it last.';
comment on column voip.callback.done_at is 'When. Calls that were lost before need nothing more.';
comment on column voip.callback.note is 'What came of it, in that user''s words.';
comment on column voip.callback.changed_at is 'When the row was written last.';
