--! breaking: no
-- A customer who is signed in finds the complaints that he lodged without their receipt codes.

create index complaint_step_lodger on sandbox.complaint_step (partition, actor)
  where event = 'lodge';
