create table calls (begin_at datetime, caller varchar(40), callee varchar(40), seconds int, talk int, result varchar(20), ref varchar(32));
insert into calls values ('2026-11-23 09:00:00','015112345678','101',65,60,'ANSWERED','1795424400.0'), ('2026-11-23 09:10:00','101','015112345678',20,0,'NO ANSWER','1795425000.0');
create table happened (at datetime, ref varchar(32), line varchar(80), who varchar(80), what varchar(32), p1 varchar(100), p2 varchar(100), p3 varchar(100));
insert into happened values ('2026-11-23 09:20:00','1795425600.0','q','NONE','ENTERQUEUE','','015112345678','1'),
  ('2026-11-23 09:20:10','1795425600.0','q','PJSIP/101','CONNECT','10','1795425605.0','5'), ('2026-11-23 09:21:10','1795425600.0','q','PJSIP/101','COMPLETEAGENT','10','60','1');
