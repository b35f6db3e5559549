-- Whether a relayed message is for a campaign with a budget that governance granted: only these may use all of a day's gas. What was taken in
-- before is counted as it was then.
alter table relayed_message add column granted boolean default false not null;
update relayed_message set granted = true where kind not in ('REGISTER', 'JOIN');

-- A schema's hash can be an allow-list's root: each kind has its own.
create table named_document (
    hash varchar(66) not null,
    kind varchar(20) not null,
    content bytea not null,
    stored_at timestamp with time zone not null,
    primary key (hash, kind)
);
insert into named_document (hash, kind, content, stored_at) select hash, kind, content, stored_at from document;
drop table document;

-- Room in the mailbox is counted by sender, campaign and round.
create index mailbox_message_room on mailbox_message (campaign_id, sender, round);
