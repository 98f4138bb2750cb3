--! breaking: no
-- What names a holder can be taken away; that there was a card, a token, a payment stays.

create index card_holder on tokens.card (holder, partition);
grant update (holder, par, last4, bin, state) on tokens.card to sandbank_tokens;
grant update (holder) on tokens.token to sandbank_tokens;
grant update (holder, reference) on tokens.authorisation to sandbank_tokens;
grant delete on tokens.decline to sandbank_tokens;
