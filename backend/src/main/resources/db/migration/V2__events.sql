-- How far the chain has been read, and of which chain. One row; whoever reads on holds its lock.
create table indexer_cursor (
    id integer primary key check (id = 1),
    chain_id numeric(78, 0) not null,
    genesis_hash varchar(66) not null,
    registry varchar(42) not null,
    campaigns varchar(42) not null,
    block_number bigint not null,
    block_hash varchar(66),
    head_number bigint not null,
    chain_time bigint not null,
    reorganisations bigint not null,
    updated_at timestamp with time zone not null
);

-- Hashes of blocks that have been read, to find where a reorganisation began.
create table indexed_block (
    block_number bigint primary key,
    block_hash varchar(66) not null
);

-- Every event of the contracts, decoded. All other tables of the market are made from this one.
create table chain_event (
    block_number bigint not null,
    log_index integer not null,
    block_hash varchar(66) not null,
    block_time bigint not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    address varchar(42) not null,
    contract varchar(40) not null,
    name varchar(60) not null,
    campaign_id numeric(78, 0),
    scope varchar(80) not null,
    arguments varchar(1000000) not null,
    primary key (block_number, log_index)
);
create index chain_event_scope on chain_event (scope, block_number, log_index);
create index chain_event_campaign on chain_event (campaign_id, block_number, log_index);
create index chain_event_name on chain_event (name, block_number, log_index);
