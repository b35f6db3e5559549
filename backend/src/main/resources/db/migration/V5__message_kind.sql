-- What a message does: how much gas it may use depends on it.
alter table relayed_message add column if not exists kind varchar(20);
update relayed_message set kind = case
    when resource like 'dataset/%' then 'REGISTER'
    when resource like 'seat/%' then 'JOIN'
    when resource like 'contribution/%' then 'CONTRIBUTE'
    else 'CLAIM' end;
alter table relayed_message alter column kind set not null;
