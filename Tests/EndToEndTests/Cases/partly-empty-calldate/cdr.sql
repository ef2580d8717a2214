set sql_mode = '';
create table cdr (calldate datetime, start datetime, clid varchar(80), src varchar(80), dst varchar(80), dcontext varchar(80), channel varchar(80),
  dstchannel varchar(80), lastapp varchar(80), lastdata varchar(80), duration int, billsec int, disposition varchar(45), amaflags int,
  accountcode varchar(20), uniqueid varchar(32), userfield varchar(255));
insert into cdr (calldate, start, src, dst, channel, dstchannel, lastapp, duration, billsec, disposition, uniqueid)
  values ('2026-11-23 09:00:00', '2026-11-23 09:00:00', '015112345678', '101', 'PJSIP/gw-1', 'PJSIP/101-2', 'Dial', 65, 60, 'ANSWERED', '1795424400.0');
insert into cdr (calldate, start, src, dst, channel, dstchannel, lastapp, duration, billsec, disposition, uniqueid)
  values (NULL, '2026-11-23 09:10:00', '015112345678', '101', 'PJSIP/gw-1', 'PJSIP/101-2', 'Dial', 65, 60, 'ANSWERED', '1795425000.0');
insert into cdr (calldate, start, src, dst, channel, dstchannel, lastapp, duration, billsec, disposition, uniqueid)
  values ('0000-00-00 00:00:00', '2026-11-23 09:20:00', '015112345678', '101', 'PJSIP/gw-1', 'PJSIP/101-2', 'Dial', 65, 60, 'ANSWERED', '1795425600.0');
