-- Rounds, disputes and exclusions. Made from chain_event like the tables of V3: all of that is dropped, and read from the chain again.
delete from payout_claim;
delete from round_end;
delete from reward;
delete from contribution;
delete from seat;
delete from campaign;
delete from dataset;
delete from market_pause;
delete from chain_event;
delete from indexed_block;
delete from indexer_cursor;

alter table campaign add column model varchar(200) not null;

create table campaign_round (
    campaign_id numeric(78, 0) not null,
    round integer not null,
    model varchar(200) not null,
    sum_x numeric(78, 0) not null,
    sum_y numeric(78, 0) not null,
    weight_total bigint not null,
    contributors integer not null,
    primary key (campaign_id, round)
);

create table share_dispute (
    campaign_id numeric(78, 0) not null,
    round integer not null,
    provider varchar(42) not null,
    aggregator integer not null,
    answered_by varchar(66),
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    primary key (campaign_id, round, provider, aggregator)
);

create table exclusion (
    campaign_id numeric(78, 0) not null,
    round integer not null,
    provider varchar(42) not null,
    weight bigint not null,
    reward_burned numeric(78, 0) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    primary key (campaign_id, round, provider)
);
create index exclusion_provider on exclusion (provider);
