create table cdr (calldate datetime, clid varchar(80), src varchar(80), dst varchar(80), dcontext varchar(80), channel varchar(80),
  dstchannel varchar(80), lastapp varchar(80), lastdata varchar(80), duration int, billsec int, disposition varchar(45), amaflags int,
  accountcode varchar(20), uniqueid varchar(32), userfield varchar(255));
insert into cdr values ('2026-11-23 09:00:00','','015112345678','101','from-trunk','PJSIP/gw-1','PJSIP/101-2','Dial','PJSIP/101',65,60,'ANSWERED',3,'','1795424400.0','');
