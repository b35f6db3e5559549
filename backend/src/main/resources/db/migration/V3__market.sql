-- Made from chain_event, and from nothing else: can be dropped and made again at any time.

create table dataset (
    id varchar(66) primary key,
    provider varchar(42) not null,
    schema_hash varchar(66) not null,
    ln integer not null,
    lk integer not null,
    b integer not null,
    n bigint not null,
    feat bigint not null,
    commitment_x varchar(200) not null,
    commitment_y varchar(200) not null,
    proof_hash varchar(66) not null,
    retired boolean not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    registered_at timestamp with time zone not null
);
create index dataset_schema on dataset (schema_hash);

create table campaign (
    id numeric(78, 0) primary key,
    owner varchar(42) not null,
    schema_hash varchar(66) not null,
    allow_list varchar(66) not null,
    terms varchar(4000) not null,
    first_model varchar(200) not null,
    aggregators varchar(40000) not null,
    test_sets varchar(1000) not null,
    budget_reserved numeric(78, 0) not null,
    ended varchar(10),
    round integer not null,
    round_begins bigint not null,
    seats integer not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    opened_at timestamp with time zone not null
);
create index campaign_schema on campaign (schema_hash);
create index campaign_allow_list on campaign (allow_list);

create table seat (
    campaign_id numeric(78, 0) not null,
    provider varchar(42) not null,
    dataset_id varchar(66) not null,
    weight bigint not null,
    step_constant numeric(20, 0) not null,
    x25519_key varchar(66) not null,
    ml_kem_key varchar(2400) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    taken_at timestamp with time zone not null,
    primary key (campaign_id, provider)
);

create table contribution (
    id varchar(66) primary key,
    campaign_id numeric(78, 0) not null,
    round integer not null,
    provider varchar(42) not null,
    dataset_id varchar(66) not null,
    weight bigint not null,
    model varchar(200) not null,
    shares varchar(2000) not null,
    proof_hash varchar(66) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    verified_at timestamp with time zone not null,
    unique (campaign_id, round, provider)
);

create table reward (
    campaign_id numeric(78, 0) not null,
    round integer not null,
    provider varchar(42) not null,
    amount numeric(78, 0) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    primary key (campaign_id, round, provider)
);
create index reward_provider on reward (provider);

create table round_end (
    campaign_id numeric(78, 0) not null,
    round integer not null,
    event varchar(40) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    primary key (campaign_id, round)
);

create table payout_claim (
    block_number bigint not null,
    log_index integer not null,
    campaign_id numeric(78, 0) not null,
    provider varchar(42) not null,
    amount numeric(78, 0) not null,
    transaction_hash varchar(66) not null,
    primary key (block_number, log_index)
);
create index payout_claim_provider on payout_claim (provider);

create table market_pause (
    began_at bigint primary key,
    ended_at bigint
);
