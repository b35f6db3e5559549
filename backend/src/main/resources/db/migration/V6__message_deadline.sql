-- When a signed message expires. Of those that wait when this is installed it is not known: they are good for as long as the contract says.
alter table relayed_message add column if not exists deadline numeric(78, 0);
update relayed_message set deadline = 9223372036854775807 where kind <> 'CLAIM';

-- Whether a transaction only uses up the nonce of one that must not be mined any more.
alter table relay_attempt add column if not exists withdraws boolean default false not null;
