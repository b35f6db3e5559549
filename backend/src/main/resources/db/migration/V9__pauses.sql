-- A pause is known by its event: in one second many can begin.
drop table if exists market_pause;
create table market_pause (
    block_number bigint not null,
    log_index integer not null,
    began_at bigint not null,
    ended_at bigint,
    primary key (block_number, log_index)
);
insert into market_pause (block_number, log_index, began_at, ended_at)
select p.block_number, p.log_index, p.block_time,
    (select min(u.block_time) from chain_event u
     where u.name = 'Unpaused' and (u.block_number > p.block_number or (u.block_number = p.block_number and u.log_index > p.log_index)))
from chain_event p where p.name = 'Paused';
