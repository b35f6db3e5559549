-- A seller's answers. Not on chain, and not made again from it.
create table pass_use (
    pass_id numeric(78, 0) primary key,
    model_id numeric(78, 0) not null,
    used bigint not null
);
create table prediction (
    query_id varchar(66) primary key,
    pass_id numeric(78, 0) not null references pass_use (pass_id),
    asked bigint not null,
    model_id numeric(78, 0) not null,
    row_count integer not null,
    inputs_hash varchar(66) not null,
    deadline numeric(78, 0) not null,
    signature bytea not null,
    version integer not null,
    lq integer not null,
    commitment_x bytea not null,
    commitment_p bytea not null,
    proof_deadline bigint not null,
    receipt_signature bytea not null,
    salt bytea,
    inputs bytea,
    answer bytea,
    blinder_x bytea,
    blinder_p bytea,
    proof_state varchar(10) not null,
    proof bytea,
    attempts integer not null,
    due_at timestamp with time zone not null,
    answered_at timestamp with time zone not null,
    unique (pass_id, asked)
);
create index prediction_due on prediction (proof_state, due_at);
create index prediction_kept on prediction (proof_deadline);
