-- The sale of inference and proved metrics. Made from chain_event like the tables of V3. Events of InferenceMarket and ModelMetrics were
-- not read until now: all that was read is dropped, and read from the chain again.
delete from exclusion;
delete from share_dispute;
delete from campaign_round;
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

-- Null where the deployment has none.
alter table indexer_cursor add column inference varchar(42);
alter table indexer_cursor add column metrics varchar(42);
alter table campaign add column kind integer not null;
-- Campaigns and sale have a clock each.
alter table market_pause add column contract varchar(40) not null;

-- The endpoint is a JSON string: owners may choose characters that not every database takes.
create table model_listing (
    model_id numeric(78, 0) primary key,
    owner varchar(42) not null,
    seller varchar(42) not null,
    endpoint varchar(2000) not null,
    version integer not null,
    points bigint not null,
    tiers varchar(4000) not null,
    lowest_price numeric(78, 0),
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    listed_at timestamp with time zone not null
);
create index model_listing_seller on model_listing (seller);

create table model_metric (
    campaign_id numeric(78, 0) not null,
    model_round integer not null,
    dataset_id varchar(66) not null,
    prover varchar(42) not null,
    evaluated_rows bigint not null,
    hits bigint not null,
    accuracy numeric(20, 0) not null,
    squared_error_sum numeric(39, 0) not null,
    independent boolean not null,
    proof_hash varchar(66) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    proved_at timestamp with time zone not null,
    primary key (campaign_id, model_round, dataset_id)
);

create table base_rate (
    dataset_id varchar(66) primary key,
    prover varchar(42) not null,
    evaluated_rows bigint not null,
    positives bigint not null,
    proof_hash varchar(66) not null,
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    proved_at timestamp with time zone not null
);

create table protocol_fee (
    block_number bigint not null,
    log_index integer not null,
    basis_points integer not null,
    primary key (block_number, log_index)
);

create table inference_pass (
    id numeric(78, 0) primary key,
    model_id numeric(78, 0) not null,
    buyer varchar(42) not null,
    session_key varchar(42) not null,
    seller varchar(42) not null,
    queries bigint not null,
    redeemed bigint not null,
    term_end bigint not null,
    price numeric(39, 0) not null,
    fee_basis_points integer not null,
    refund numeric(39, 0),
    closed_by varchar(66),
    block_number bigint not null,
    log_index integer not null,
    transaction_hash varchar(66) not null,
    gas_used bigint not null,
    purchased_at timestamp with time zone not null
);
create index inference_pass_buyer on inference_pass (buyer, id);
create index inference_pass_model on inference_pass (model_id);

create table pass_redemption (
    block_number bigint not null,
    log_index integer not null,
    pass_id numeric(78, 0) not null,
    model_id numeric(78, 0) not null,
    redeemed bigint not null,
    released numeric(39, 0) not null,
    fee numeric(39, 0) not null,
    owner_amount numeric(39, 0) not null,
    contributors_amount numeric(39, 0) not null,
    transaction_hash varchar(66) not null,
    redeemed_at timestamp with time zone not null,
    primary key (block_number, log_index)
);
create index pass_redemption_pass on pass_redemption (pass_id);
create index pass_redemption_model on pass_redemption (model_id);

create table revenue_claim (
    block_number bigint not null,
    log_index integer not null,
    model_id numeric(78, 0) not null,
    account varchar(42) not null,
    contributor_amount numeric(78, 0) not null,
    owner_amount numeric(78, 0) not null,
    transaction_hash varchar(66) not null,
    primary key (block_number, log_index)
);
create index revenue_claim_account on revenue_claim (account, model_id);
create index revenue_claim_model on revenue_claim (model_id);
