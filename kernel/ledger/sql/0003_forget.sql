--! breaking: no
-- Whoever is erased owns no account any more: the limits that counted for each customer keep their
-- counters, which history needs, and lose their names. By the guard's own functions only.

create function ledger.forget(p int, customers text[], rules text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  customer text;
  rule text;
  first text;
begin
  foreach customer in array customers loop
    foreach rule in array rules loop
      first := 'limit/' || rule || '/' || customer || '/';
      update ledger.account a set key = 'erased/' || a.id, owner = null
       where a.partition = p and a.key >= first collate "C"
         and a.key < left(first, -1) || '0' collate "C" and a.owner = customer;
      update ledger.dropped d set key = 'erased/' || d.id, owner = null
       where d.partition = p and d.key >= first collate "C"
         and d.key < left(first, -1) || '0' collate "C" and d.owner = customer;
    end loop;
  end loop;
end $$;
revoke all on function ledger.forget(int, text[], text[]) from public;
