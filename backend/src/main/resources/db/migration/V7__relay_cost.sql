-- What a transaction has cost, once it is mined.
alter table relay_attempt add column cost_wei numeric(78, 0);
create index relay_attempt_created on relay_attempt (created_at);
