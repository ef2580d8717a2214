-- Which times the parts of Master.csv and queue_log hold, so that a nightly run reads what its window needs and not a file of
-- years. Says nothing about what was loaded, and is compared with the file before it is used.
create table voip.file_map (
    pbx_id              smallint not null references voip.pbx,
    source              text not null check (source in ('cdr', 'queue_log')),
    device              bigint not null,
    inode               bigint not null,
    path                text not null,
    size                bigint not null,
    modified_ns         bigint not null,
    zone                text not null,
    head_hash           bigint not null,
    is_beginning_unread boolean not null,
    part_ends           bigint[] not null,
    part_lines          bigint[] not null,
    part_earliest_us    bigint[] not null,
    part_latest_us      bigint[] not null,
    part_hashes         bigint[] not null,
    read_at             timestamptz not null default now(),
    primary key (pbx_id, source, device, inode)
);

comment on table voip.file_map is 'One row per large file that a run has read: which times its parts hold. May be deleted at any time; the next run then looks for its window anew.';
comment on column voip.file_map.source is 'cdr or queue_log.';
comment on column voip.file_map.device is 'Device of the file, as stat gives it.';
comment on column voip.file_map.inode is 'The file''s number on its device.';
comment on column voip.file_map.path is 'Name under which the file was read last.';
comment on column voip.file_map.size is 'Bytes, when the reading ended.';
comment on column voip.file_map.modified_ns is 'When the content was changed last, in nanoseconds since 1970.';
comment on column voip.file_map.zone is 'Zone in which the times were read.';
comment on column voip.file_map.head_hash is 'Hash of the first bytes.';
comment on column voip.file_map.is_beginning_unread is 'Whether the first part was not read: bisection found it to be older than the window of that run.';
comment on column voip.file_map.part_ends is 'Bytes before the end of each part.';
comment on column voip.file_map.part_lines is 'Number of the first line behind each part; 0 where unknown.';
comment on column voip.file_map.part_earliest_us is 'First start of a record in each part, in microseconds since 1970.';
comment on column voip.file_map.part_latest_us is 'Last start of a record in each part, in microseconds since 1970.';
comment on column voip.file_map.part_hashes is 'Hash of the bytes before the end of each part.';
comment on column voip.file_map.read_at is 'When a run read the file last.';
