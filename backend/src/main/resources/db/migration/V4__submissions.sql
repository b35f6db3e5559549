-- What came with a contribution and is not on chain.
create table contribution_submission (
    id varchar(66) primary key,
    statement_hash varchar(66) not null,
    campaign_id numeric(78, 0) not null,
    round integer not null,
    provider varchar(42) not null,
    dataset_id varchar(66) not null,
    proof_bytes integer not null,
    report varchar(1000)
);

-- Documents that campaigns on chain name by their hash.
create table document (
    hash varchar(66) primary key,
    kind varchar(20) not null,
    content bytea not null,
    stored_at timestamp with time zone not null
);
