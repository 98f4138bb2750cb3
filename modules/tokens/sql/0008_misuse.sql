--! breaking: no
-- Misuse is counted over what was authorised in a span of days. Payments come in the order of their
-- time, so that a summary of each range of pages is enough, and authorising does not pay for a tree.

create index authorisation_at on tokens.authorisation using brin (at);
