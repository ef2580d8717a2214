-- A large load leaves the planner without any idea of what is there. Of a leg it asks for the columns by which legs are
-- found; the server looks at the others when it has nothing else to do. A third of the usual sample tells enough.
set local default_statistics_target = 33;
analyze voip.cdr (uniqueid, leg_no, pbx_id, start_at, call_id), voip.call, voip.queue_event, voip.queue_visit
