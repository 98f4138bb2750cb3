--! breaking: no
-- A holder who asks is found among all by the last four digits of his card or token.
create index card_last4 on tokens.card (last4, partition);
create index token_last4 on tokens.token (right(number, 4), partition);
