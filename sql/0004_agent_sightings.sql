-- When an agent was last seen at their interface: whatever the order in which files are loaded, the latest sighting holds.

alter table voip.agent add column seen_at timestamptz;
