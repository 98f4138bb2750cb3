--! breaking: no
-- Whoever is erased has no card here any more: number, face and claim go. Looks stay, by reference.

create index claim_ref on vault.claim (ref, home);
grant delete on vault.card, vault.claim to sandbank_vault;
