-- What a transaction has cost, once it is mined.
alter table relay_attempt add column if not exists cost_wei numeric(78, 0);
create index if not exists relay_attempt_created on relay_attempt (created_at);
