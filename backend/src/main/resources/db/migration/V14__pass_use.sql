-- Which pass a number was when it was asked with: after a reorganisation, or in another deployment, it may be another one. What is not known
-- is empty, until somebody asks who can show that it asked before.
alter table pass_use add column session_key varchar(42) default '' not null;
alter table pass_use add column market varchar(42) default '' not null;
update pass_use set
    session_key = coalesce((select s.session_key from inference_pass s where s.id = pass_use.pass_id), ''),
    market = coalesce((select c.inference from indexer_cursor c where c.id = 1), '');

-- The highest count up to which all answers are proved; 0 if the first one is not.
create index prediction_unproved on prediction (pass_id, proof_state);
alter table pass_use add column redeemable bigint default 0 not null;
-- At first the count of the first answer that is not proved: all below it are.
update pass_use set redeemable = coalesce(
    (select min(p.asked) from prediction p where p.pass_id = pass_use.pass_id and p.proof_state <> 'PROVED'),
    9223372036854775807);
update pass_use set redeemable = coalesce(
    (select max(p.asked) from prediction p where p.pass_id = pass_use.pass_id and p.asked < pass_use.redeemable), 0);

alter table pass_use add column proof_begun_at timestamp with time zone default '1970-01-01 00:00:00+00' not null;

-- Rows that were refused because the model's answer to one of them leaves its range; few a pass.
create table pass_refusal (
    pass_id numeric(78, 0) not null references pass_use (pass_id),
    inputs_hash varchar(66) not null,
    refused_row integer not null,
    primary key (pass_id, inputs_hash)
);
