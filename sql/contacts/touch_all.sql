-- If every contact is compared, so is every number.
insert into contact_number_touched select number_e164 from contact_link_stage
